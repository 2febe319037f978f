package org.trackerreports.tools.command;

import java.time.Duration;
import org.trackerreports.core.failure.ExitCode;
import picocli.CommandLine.Option;

/** The option {@code --gap-hours} of every command that looks at gaps, as a mixin. */
public final class GapOption {

    private static final String DEFAULT = "6";

    @Option(
            names = "--gap-hours",
            paramLabel = "HOURS",
            defaultValue = DEFAULT,
            description = "A time without a report is a gap if it is at least this long, 1 or more. Default:"
                    + " ${DEFAULT-VALUE}")
    private int hours;

    /** The name of version 0.1.0 for it, with one command. */
    @Option(names = "--longer-than", paramLabel = "HOURS", hidden = true, description = "The same as --gap-hours.")
    @SuppressWarnings("UnusedMethod") // picocli calls it.
    private void setHours(int formerOption) {
        hours = formerOption;
    }

    /**
     * The length of a gap.
     *
     * @throws CommandFailure if it is less than an hour
     */
    public Duration gap() throws CommandFailure {
        if (hours < 1) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--gap-hours is " + hours + "; expected 1 or more, for example " + DEFAULT + ".");
        }
        return Duration.ofHours(hours);
    }
}
