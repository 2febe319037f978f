/**
 * From claimed trackers to stored positions, one small class for each step:
 *
 * <pre>{@code
 * leases ─TrackerLoader─▶ targets ─RequestPlanner─▶ plan ─(one request)─▶ answer ─ReportDecoder─▶ decoded ─ReportWriter─▶ stored
 * }</pre>
 *
 * <p>The daemon and the command line use the same steps; only where the targets come from and where the outcome goes differs.
 */
@NullMarked
package org.trackerreports.core.pipeline;

import org.jspecify.annotations.NullMarked;
