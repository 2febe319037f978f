package org.trackerreports.store.internal.movement;

import java.util.OptionalLong;
import org.trackerreports.store.report.StoredReport;

/**
 * A report that is judged.
 *
 * @param batch in which it was stored; absent if it was stored before there was a feed
 */
record JudgedRow(StoredReport report, OptionalLong batch) {}
