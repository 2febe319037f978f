package org.trackerreports.tools.command;

import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.history.HistoryQuery;
import picocli.CommandLine.Option;

/** The option {@code --min-confidence} of every command that shows reports, as a mixin. */
public final class ConfidenceOption {

    private static final int MAX_CONFIDENCE = 3;

    @Option(
            names = "--min-confidence",
            paramLabel = "N",
            defaultValue = "" + HistoryQuery.DEFAULT_MINIMUM_CONFIDENCE,
            description = "Omits reports of a lower confidence (1 low, 2 medium, 3 high). Default: ${DEFAULT-VALUE}")
    private int minimum;

    /**
     * The lowest confidence to show.
     *
     * @throws CommandFailure if it is not from 0 to 3
     */
    public int minimum() throws CommandFailure {
        if (minimum < 0 || minimum > MAX_CONFIDENCE) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--min-confidence is " + minimum + "; expected 0 to " + MAX_CONFIDENCE + ", for example 2.");
        }
        return minimum;
    }
}
