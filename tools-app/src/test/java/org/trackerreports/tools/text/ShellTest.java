package org.trackerreports.tools.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellTest {

    /** A shell itself says what it reads. */
    @ParameterizedTest
    @ValueSource(strings = {"Bike", "Käthe's bike", "$(date) `date`", "a\\b \"c\"", "*", "key=value,x:y/z"})
    void aShellReadsTheWordAsItIs(String text) throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", "printf %s " + Shell.word(text)).start();
        assertThat(new String(shell.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bike", "tag-000001", "Käthe", "out/main.session"})
    void aPlainWordStaysPlain(String text) {
        assertThat(Shell.word(text)).isEqualTo(text);
    }
}
