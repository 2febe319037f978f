/** Key files: making new keys, looking into files, and one payload decrypted by hand. Works without servers. */
package org.trackerreports.tools.key;
