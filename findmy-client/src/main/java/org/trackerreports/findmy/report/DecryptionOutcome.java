package org.trackerreports.findmy.report;

/**
 * Result of decrypting one report: a {@link LocationReport}, or {@link Undecryptable} with the reason.
 *
 * <p>Switch over {@link #kind} without a default branch to handle all outcomes: the compiler then reports an outcome that a new version
 * adds.
 */
public sealed interface DecryptionOutcome permits LocationReport, Undecryptable {

    /** One for each implementation. */
    enum Kind {
        /** A {@link LocationReport}. */
        DECRYPTED,
        /** An {@link Undecryptable}. */
        UNDECRYPTABLE
    }

    /** Which outcome this is. */
    Kind kind();

    /** The report as the service returned it. */
    EncryptedReport encrypted();
}
