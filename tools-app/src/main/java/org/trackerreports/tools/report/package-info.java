/** How a report is described in full, wherever it comes from, and the distributions of many. */
@NullMarked
package org.trackerreports.tools.report;

import org.jspecify.annotations.NullMarked;
