package org.trackerreports.store.movement;

import java.util.Optional;
import org.trackerreports.store.report.StoredReport;

/** Judges reports. The store reads what is needed, and writes what follows, in one transaction. Must be a pure function; thread-safe. */
public interface Judge {

    /** Says which reports around a change are wrong or uncertain. */
    WindowJudgement judge(ReportWindow window);

    /** Says when a tracker entered or left a place, from further reports in event order. */
    PlaceJudgement transitions(PlaceWindow window);

    /** The class of the battery that a report shows; empty if it shows none. */
    Optional<String> battery(StoredReport report);
}
