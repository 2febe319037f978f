/** What the programs' logs look like: their level, their form, and repeated failures as counts. */
@NullMarked
package org.trackerreports.core.logging;

import org.jspecify.annotations.NullMarked;
