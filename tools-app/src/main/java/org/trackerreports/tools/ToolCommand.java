package org.trackerreports.tools;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.trackerreports.fetcher.ExitCode;
import org.trackerreports.fetcher.config.Configuration;
import org.trackerreports.fetcher.config.ConfigurationException;
import org.trackerreports.fetcher.config.ConfigurationLoader;
import org.trackerreports.fetcher.config.OptionArguments;
import org.trackerreports.fetcher.embedded.EmbeddedServers;
import org.trackerreports.fetcher.wiring.Application;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** A command that works with the configured system; opened before it runs and closed after it. */
@Command(mixinStandardHelpOptions = true)
abstract class ToolCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    private Surroundings surroundings;

    void surroundings(Surroundings given) {
        surroundings = given;
    }

    /** Does the work. @return the exit code */
    abstract int run(Application application) throws Exception;

    @Override
    public final Integer call() throws Exception {
        try (Application application = Application.of(configuration(), EmbeddedServers.User.TOOL, Clock.systemUTC())) {
            return run(application);
        }
    }

    private Configuration configuration() throws ConfigurationException {
        ParseResult parsed = spec.commandLine().getParseResult();
        return ConfigurationLoader.load(
                OptionArguments.texts(parsed),
                surroundings.environment(),
                OptionArguments.file(parsed, surroundings.environment()));
    }

    /** For data. */
    PrintWriter out() {
        return surroundings.out();
    }

    /** For everything else. */
    PrintWriter err() {
        return surroundings.err();
    }

    Terminal terminal() {
        return surroundings.terminal();
    }

    /** Says what failed and what to do. @return the exit code of a failure */
    int failed(String message) {
        err().println(message);
        return ExitCode.FAILED;
    }
}
