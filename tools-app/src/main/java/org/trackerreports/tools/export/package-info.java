/** Histories as files for other programs, written row by row. */
@NullMarked
package org.trackerreports.tools.export;

import org.jspecify.annotations.NullMarked;
