package org.trackerreports.tools.command;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
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

    /** By the name of version 0.1.0, with one command. */
    @Option(names = "--longer-than", paramLabel = "HOURS", hidden = true, description = "The same as --gap-hours.")
    private @Nullable Integer formerly;

    /**
     * The length of a gap.
     *
     * @throws CommandFailure if it is less than an hour
     */
    public Duration gap() throws CommandFailure {
        int given = formerly == null ? hours : formerly;
        if (given < 1) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--gap-hours is " + given + "; expected 1 or more, for example " + DEFAULT + ".");
        }
        return Duration.ofHours(given);
    }
}
