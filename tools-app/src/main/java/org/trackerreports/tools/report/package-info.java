/** How a report is described in full, wherever it comes from, and the distributions of many. */
package org.trackerreports.tools.report;
