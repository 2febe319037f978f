package org.trackerreports.store.report;

/**
 * Result of inserting one report.
 *
 * <p>Switch over {@link #kind} without a default branch: the compiler then reports an outcome that a new version adds.
 */
public sealed interface ReportOutcome {

    /** One for each record. */
    enum Kind {
        NEW,
        DUPLICATE,
        REFUSED
    }

    /** Which outcome this is. */
    Kind kind();

    /** The report is new and is stored. */
    record New() implements ReportOutcome {

        @Override
        public Kind kind() {
            return Kind.NEW;
        }
    }

    /** The same report is already stored, or is in the batch twice. It is stored once. */
    record Duplicate() implements ReportOutcome {

        @Override
        public Kind kind() {
            return Kind.DUPLICATE;
        }
    }

    /**
     * The report cannot be stored. The other reports of the batch were.
     *
     * @param reason what is wrong with it, without coordinates
     */
    record Refused(String reason) implements ReportOutcome {

        @Override
        public Kind kind() {
            return Kind.REFUSED;
        }
    }
}
