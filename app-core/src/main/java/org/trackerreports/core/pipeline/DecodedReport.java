package org.trackerreports.core.pipeline;

import org.trackerreports.findmy.report.DecryptionOutcome;

/** A report with its tracker and what decrypting gave. */
public record DecodedReport(FetchTarget target, DecryptionOutcome outcome) {}
