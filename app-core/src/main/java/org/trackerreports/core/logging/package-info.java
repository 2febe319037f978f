/** The log of the programs: level, format, and counts instead of repeated failures. */
@NullMarked
package org.trackerreports.core.logging;

import org.jspecify.annotations.NullMarked;
