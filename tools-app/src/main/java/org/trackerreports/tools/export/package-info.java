/** Histories as files for other programs, written row by row. */
package org.trackerreports.tools.export;
