/** Commands of places. */
@NullMarked
package org.trackerreports.tools.place;

import org.jspecify.annotations.NullMarked;
