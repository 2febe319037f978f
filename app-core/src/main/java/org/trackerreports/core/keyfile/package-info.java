/** Key files become trackers: reading several of them together, CSV, and the import into the store. */
@NullMarked
package org.trackerreports.core.keyfile;

import org.jspecify.annotations.NullMarked;
