package org.trackerreports.store.feed;

import org.trackerreports.store.place.Transition;
import org.trackerreports.store.report.StoredReport;

/** One thing that happened. A {@code switch} over {@link #kind} is complete. */
public sealed interface FeedItem {

    /** What happened. */
    enum Kind {
        REPORT,
        TRANSITION,
        TRACKER,
        EVENT
    }

    FeedPlace place();

    Kind kind();

    /**
     * A report was stored, or its position or flags changed.
     *
     * @param batch identifies the transaction that did it
     * @param revised false if the report is new
     * @param report as it is now
     */
    record OfReport(FeedPlace place, long batch, boolean revised, StoredReport report) implements FeedItem {

        @Override
        public Kind kind() {
            return Kind.REPORT;
        }
    }

    /**
     * A tracker entered or left a place, or it turned out that it did not.
     *
     * @param transition as of this item: its revision is the one that this item announced
     */
    record OfTransition(FeedPlace place, Transition transition) implements FeedItem {

        @Override
        public Kind kind() {
            return Kind.TRANSITION;
        }
    }

    /** A tracker was added, renamed, labelled, enabled, disabled, or removed. */
    record OfTracker(FeedPlace place, long trackerId) implements FeedItem {

        @Override
        public Kind kind() {
            return Kind.TRACKER;
        }
    }

    /** A tracker fell silent or was heard again, or its battery changed. */
    record OfEvent(FeedPlace place, TrackerEvent event) implements FeedItem {

        @Override
        public Kind kind() {
            return Kind.EVENT;
        }
    }
}
