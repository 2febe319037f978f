package org.trackerreports.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.ConfigurationException;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.wiring.Resources;
import org.trackerreports.tools.command.CommandContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

class CommandRunnerTest {

    private final StringWriter out = new StringWriter();

    @Command(name = "probe", mixinStandardHelpOptions = true, exitCodeOnUsageHelp = 9)
    static final class Probe implements Callable<Integer> {

        private final Provider<Configuration> configuration;
        private final Provider<Resources> resources;
        final List<String> events = new ArrayList<>();

        @Option(names = "--fail")
        private boolean fail;

        @Inject
        Probe(Provider<Configuration> configuration, Provider<Resources> resources) {
            this.configuration = configuration;
            this.resources = resources;
        }

        @Override
        public Integer call() {
            resources.get().closing(() -> events.add("closed"));
            events.add("asks every "
                    + configuration.get().get(Options.FETCH_INTERVAL).toSeconds() + " s");
            if (fail) {
                throw new IllegalStateException("as it was told to");
            }
            return 7;
        }
    }

    /** Takes a part that depends on the configuration, which is not known when the command is made. */
    @Command(name = "hasty")
    static final class Hasty implements Callable<Integer> {

        @Inject
        Hasty(Configuration configuration) {
            configuration.get(Options.FETCH_INTERVAL);
        }

        @Override
        public Integer call() {
            return 0;
        }
    }

    @Command(name = "group", subcommands = Probe.class)
    static final class Group {}

    private CommandRunner runner(Map<String, String> environment) {
        PrintWriter writer = new PrintWriter(out, true);
        return new CommandRunner(CommandContext.ofScript(environment, writer, writer));
    }

    private CommandLine line(CommandRunner runner, Class<?> command) {
        return new CommandLine(command, runner).setOut(new PrintWriter(out, true));
    }

    @Test
    void aCommandReadsTheConfigurationWhenItRunsAndWhatItOpenedIsClosed() {
        CommandRunner runner = runner(Map.of("FETCH_INTERVAL", "7m"));
        CommandLine line = line(runner, Probe.class);
        Probe probe = line.getCommand();
        assertThat(probe.events).isEmpty();

        assertThat(runner.execute(line.parseArgs())).isEqualTo(7);
        assertThat(probe.events).containsExactly("asks every 420 s", "closed");
    }

    @Test
    void whatAFailedCommandOpenedIsClosed() {
        CommandRunner runner = runner(Map.of());
        CommandLine line = line(runner, Probe.class);

        assertThatThrownBy(() -> runner.execute(line.parseArgs("--fail")))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("as it was told to");
        assertThat(line.<Probe>getCommand().events)
                .containsExactly("asks every " + Duration.ofMinutes(5).toSeconds() + " s", "closed");
    }

    @Test
    void withAWrongConfigurationTheCommandDoesNotRun() {
        CommandRunner runner = runner(Map.of("FETCH_INTERVAL", "soon"));
        CommandLine line = line(runner, Probe.class);

        assertThatThrownBy(() -> runner.execute(line.parseArgs()))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ConfigurationException.class);
        assertThat(line.<Probe>getCommand().events).isEmpty();
    }

    @Test
    void helpNeedsNoConfiguration() {
        CommandRunner runner = runner(Map.of("FETCH_INTERVAL", "soon"));
        assertThat(runner.execute(line(runner, Probe.class).parseArgs("--help")))
                .isEqualTo(9);
        assertThat(out.toString()).contains("Usage: probe", "--fail");
    }

    @Test
    void aGroupAloneIsAMistake() {
        CommandRunner runner = runner(Map.of());
        CommandLine line = line(runner, Group.class);
        assertThatThrownBy(() -> runner.execute(line.parseArgs()))
                .isInstanceOf(ParameterException.class)
                .isNotInstanceOf(MissingParameterException.class)
                .hasMessageContaining("subcommand");
        assertThat(runner.execute(line.parseArgs("probe"))).isEqualTo(7);
    }

    @Test
    void aPartThatIsOpenedBeforeTheCommandLineIsReadIsAMistakeOfTheProgram() {
        CommandRunner runner = runner(Map.of());
        assertThatThrownBy(() -> runner.create(Hasty.class))
                .rootCause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a part was opened before the command line was read");
    }

    @Test
    void whatNeedsNoPartIsMadeWithoutThem() throws Exception {
        assertThat(runner(Map.of()).create(Group.class)).isInstanceOf(Group.class);
    }
}
