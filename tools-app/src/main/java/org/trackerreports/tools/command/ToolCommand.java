package org.trackerreports.tools.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.tools.text.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/**
 * A command, or a group of commands that are methods. Its constructor takes the parts it works with: those that depend on the
 * configuration as providers, because commands are made before the configuration is known.
 */
@Command(mixinStandardHelpOptions = true, scope = ScopeType.INHERIT)
public abstract class ToolCommand {

    private final CommandContext context;

    protected ToolCommand(CommandContext context) {
        this.context = context;
    }

    /** Where data goes. */
    protected final PrintWriter out() {
        return context.out();
    }

    /** Where failures go. */
    protected final PrintWriter err() {
        return context.err();
    }

    /** Writes what is buffered for {@code out}; a command that prints much calls it now and then, to end when its reader is gone. */
    protected final void requireReader() throws IOException {
        context.requireReader();
    }

    /** Prints a message that is neither data nor a failure, unless {@code --quiet} is given. */
    protected final void note(String message) {
        context.note(message);
    }

    /**
     * Shows the progress of a long task, if somebody watches. Close it.
     *
     * @param what what is counted, such as {@code trackers}
     * @param total how many there are, 0 if unknown
     */
    protected final Progress progress(String what, long total) {
        return Progress.of(err(), context.watched(), Clock.systemUTC(), what, total);
    }

    /** Who can be asked. */
    protected final Terminal terminal() {
        return context.terminal();
    }

    /**
     * Prints what failed and what to do.
     *
     * @return the exit code of a failure
     */
    protected final int failed(String message) {
        err().println(message);
        return ExitCode.FAILED;
    }
}
