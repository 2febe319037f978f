/** Commands that show what follows from reports: stays, trips, and places entered and left. */
@NullMarked
package org.trackerreports.tools.movement;

import org.jspecify.annotations.NullMarked;
