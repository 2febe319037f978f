package org.trackerreports.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.commandline.CommandHelp;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.failure.ExitCode;
import picocli.CommandLine;

class FetcherCommandTest {

    private static final String[] RISK = {
        "WARNING: your Apple accounts can be banned", "FETCH_INTERVAL is 1.0 s", "MAX_REQUESTS_PER_DAY is 50000"
    };

    @TempDir
    private Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theHelpSaysWhereTheOptionsOfTheConfigurationAre() {
        assertThat(run("--help")).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).contains("--config", "config", "healthcheck", "findmy fetcher help config");
        assertThat(out.toString().lines()).hasSizeLessThan(30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"help config", "config --help", "--help-all"})
    void allOptionsOfTheConfigurationAreShownToThoseWhoAskForThem(String words) {
        assertThat(run(words)).isEqualTo(ExitCode.DONE);
        assertThat(Options.ALL)
                .allSatisfy(option -> assertThat(out.toString().contains("(" + option.name() + ")"))
                        .as(option.name())
                        .isEqualTo(!option.secret()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "cnfig | no command 'cnfig'; nearest: config | findmy fetcher --help",
                "config chek | nearest: check | findmy fetcher config --help",
                "--http-prt=1 | nearest: --http-port | findmy fetcher --help",
                "healthcheck --lve | nearest: --live | findmy fetcher healthcheck --help"
            })
    void aMistakeIsToldInTwoLines(String words, String told, String help) {
        assertThat(run(words)).isEqualTo(ExitCode.USAGE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines()).hasSize(2).last().isEqualTo("Help: " + help);
        assertThat(err.toString().lines().findFirst().orElseThrow()).contains(told);
    }

    @Test
    void theCheckOfTheConfigurationWarnsOfAnAccountThatAsksTooOften() {
        assertThat(run("config check")).isEqualTo(ExitCode.DONE);
        assertThat(err.toString()).doesNotContain("WARNING");
        assertThat(run("config check", "FETCH_INTERVAL", "1", "MAX_REQUESTS_PER_DAY", "50000"))
                .isEqualTo(ExitCode.DONE);
        assertThat(err.toString()).contains(RISK);
        assertThat(out.toString()).contains("FETCH_INTERVAL").doesNotContain("WARNING");
    }

    /** The daemon does not get far here: its port is taken. The warning comes before anything is opened. */
    @Test
    void theDaemonWarnsWhenItStarts() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(FetcherCommand.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(run("", "HTTP_PORT", port, "DATA_DIR", data.toString(), "FETCH_INTERVAL", "1"))
                    .isEqualTo(ExitCode.CONFIGURATION);
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list)
                .filteredOn(event -> event.getLevel() == Level.WARN)
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("can be banned", "FETCH_INTERVAL is 1.0 s");
    }

    private int run(String words, String... variables) {
        Map<String, String> environment = new HashMap<>();
        for (int at = 0; at < variables.length; at += 2) {
            environment.put(variables[at], variables[at + 1]);
        }
        CommandLine line = FetcherCommand.create(environment);
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(CommandHelp.asOption(line, words.isEmpty() ? new String[0] : words.split(" ")));
    }
}
