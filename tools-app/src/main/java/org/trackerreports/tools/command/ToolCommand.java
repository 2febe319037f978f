package org.trackerreports.tools.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.ConfigurationException;
import org.trackerreports.core.config.ConfigurationLoader;
import org.trackerreports.core.config.OptionArguments;
import org.trackerreports.core.embedded.EmbeddedServers;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.logging.LogSettings;
import org.trackerreports.core.wiring.Application;
import org.trackerreports.tools.text.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** A command that works with the configured system; opened before it runs and closed after it. */
@Command(mixinStandardHelpOptions = true)
public abstract class ToolCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--quiet", description = "Prints nothing on standard error but failures.")
    private boolean quiet;

    private CommandContext context;

    /** Gives the command what it runs in; before it runs. */
    public final void context(CommandContext given) {
        context = given;
    }

    /**
     * Does the work.
     *
     * @param application the configured system; each part is opened when it is first asked for
     * @return the exit code
     * @throws CommandFailure to end with a message
     */
    protected abstract int run(Application application) throws Exception;

    @Override
    public final Integer call() throws Exception {
        Configuration configuration = configuration();
        LogSettings.apply(configuration, Clock.systemUTC());
        try (Application application = Application.of(configuration, EmbeddedServers.User.TOOL, Clock.systemUTC());
                EndOfProgram end = EndOfProgram.closing(application)) {
            return runUntilEnd(application, end);
        }
    }

    private int runUntilEnd(Application application, EndOfProgram end) throws Exception {
        try {
            return run(application);
        } catch (Exception e) {
            end.awaitIfEnding();
            throw e;
        }
    }

    private Configuration configuration() throws ConfigurationException {
        ParseResult parsed = spec.commandLine().getParseResult();
        return ConfigurationLoader.load(
                OptionArguments.texts(parsed),
                context.environment(),
                OptionArguments.file(parsed, context.environment()));
    }

    /** For data. */
    protected PrintWriter out() {
        return context.out();
    }

    /** Ends a command that prints much when nobody takes it any more; to be called now and then. */
    protected void requireReader() throws IOException {
        context.requireReader();
    }

    /** For failures. */
    protected PrintWriter err() {
        // What was printed before is seen before.
        context.out().flush();
        return context.err();
    }

    /** Tells the person something that is no data and no failure. */
    protected void note(String message) {
        if (!quiet) {
            err().println(message);
        }
    }

    /** Shows how far a long work is, if anybody watches. Close it. @param total how many there are, 0 if nobody knows */
    protected Progress progress(String what, long total) {
        return Progress.of(err(), context.watched() && !quiet, Clock.systemUTC(), what, total);
    }

    /** Who can be asked. */
    protected Terminal terminal() {
        context.out().flush();
        return context.terminal();
    }

    /** Says what failed and what to do. @return the exit code of a failure */
    protected int failed(String message) {
        err().println(message);
        return ExitCode.FAILED;
    }
}
