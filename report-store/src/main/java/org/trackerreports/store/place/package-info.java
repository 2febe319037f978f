/** Places, and the transitions of trackers that enter and leave them. */
@NullMarked
package org.trackerreports.store.place;

import org.jspecify.annotations.NullMarked;
