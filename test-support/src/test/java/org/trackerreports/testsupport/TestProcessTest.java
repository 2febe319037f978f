package org.trackerreports.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestProcessTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Test
    void aProgramIsRunWithInputAndItsResultIsGiven() {
        TestProcess.Result result = TestProcess.run(
                new ProcessBuilder("sh", "-c", "read word; echo out $word; echo err >&2; exit 3"), "hello\n", LIMIT);
        assertThat(result).isEqualTo(new TestProcess.Result(3, "out hello\n", "err\n"));
    }

    @Test
    void aProgramThatDoesNotEndIsKilledAndItsOutputShown() {
        ProcessBuilder endless = new ProcessBuilder("sh", "-c", "echo here; exec cat /dev/zero >/dev/null");
        assertThatThrownBy(() -> TestProcess.run(endless, "", Duration.ofMillis(200)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("not ended within PT0.2S")
                .hasMessageContaining("here");
    }

    @Test
    void aProgramIsStoppedBySignalsAndByClosing() {
        ProcessBuilder cat = new ProcessBuilder("cat");
        try (TestProcess process = TestProcess.start(cat)) {
            assertThat(process.isAlive()).isTrue();
            process.signal("TERM");
            assertThat(process.exitCode(LIMIT)).isEqualTo(143);
        }
        TestProcess killed = TestProcess.start(cat);
        killed.close();
        assertThat(killed.isAlive()).isFalse();
    }

    @Test
    void aClassOfTheTestsIsRun() {
        List<String> command = JavaCommand.ofClass(List.of("-Xshare:auto"), Greeter.class, "world");
        assertThat(TestProcess.run(new ProcessBuilder(command), "", LIMIT).out().strip())
                .isEqualTo("hello world");
        assertThatThrownBy(() -> JavaCommand.packagedJar("../no-module")).hasMessageContaining("mvn package");
    }

    static final class Greeter {
        private Greeter() {}

        public static void main(String[] arguments) {
            System.out.println("hello " + arguments[0]);
        }
    }
}
