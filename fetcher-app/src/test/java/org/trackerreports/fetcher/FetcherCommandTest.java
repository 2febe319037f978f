package org.trackerreports.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trackerreports.core.commandline.CommandHelp;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.failure.ExitCode;
import picocli.CommandLine;

class FetcherCommandTest {

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

    private int run(String words) {
        CommandLine line = FetcherCommand.create(Map.of());
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(CommandHelp.asOption(line, words.split(" ")));
    }
}
