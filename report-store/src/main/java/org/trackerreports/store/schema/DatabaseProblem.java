package org.trackerreports.store.schema;

/**
 * Something in the database that keeps reports from being stored, or hours and days from being brought up to date.
 *
 * @param kind what kind of problem it is
 * @param found what was found, as a sentence without its full stop
 * @param nextStep what the operator can do
 */
public record DatabaseProblem(Kind kind, String found, String nextStep) {

    /** Kinds of problems. */
    public enum Kind {
        /** TimescaleDB refuses the history that this database has, so that nothing can be stored. */
        LICENCE,
        /** A job of TimescaleDB's scheduler fails or does not run: a refresh, compression or retention. */
        JOB
    }
}
