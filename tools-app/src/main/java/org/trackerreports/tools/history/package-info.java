/** Where trackers were. */
@NullMarked
package org.trackerreports.tools.history;

import org.jspecify.annotations.NullMarked;
