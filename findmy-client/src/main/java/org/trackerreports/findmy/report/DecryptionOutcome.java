package org.trackerreports.findmy.report;

/** What became of one encrypted report: a position, or the reason why there is none. */
public sealed interface DecryptionOutcome permits LocationReport, Undecryptable {

    /** The report as it came. */
    EncryptedReport encrypted();
}
