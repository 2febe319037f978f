/** Key files: making new keys, looking into files, and one payload decrypted by hand. Works without servers. */
@NullMarked
package org.trackerreports.tools.key;

import org.jspecify.annotations.NullMarked;
