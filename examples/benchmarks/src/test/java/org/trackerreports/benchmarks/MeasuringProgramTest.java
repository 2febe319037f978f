package org.trackerreports.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the programs that measure say to mistakes. */
class MeasuringProgramTest {

    @TempDir
    private Path directory;

    private final StringWriter err = new StringWriter();

    @Test
    void aReportThatIsNotThereIsNamed() {
        Path missing = directory.resolve("report.md");
        assertThat(bench("--draw", missing.toString())).isEqualTo(1);
        assertThat(err.toString().lines()).containsExactly(missing + " cannot be used: the file does not exist.");
    }

    @Test
    void aMistypedOptionIsTold() {
        assertThat(bench("--quik")).isEqualTo(2);
        assertThat(err.toString().lines())
                .satisfiesExactly(
                        mistake -> assertThat(mistake).startsWith("There is no option --quik here; nearest: --quick"),
                        help -> assertThat(help).isEqualTo("Help: findmy bench --help"));
    }

    private int bench(String... arguments) {
        CommandLine line = MeasuringProgram.of(new BenchCommand());
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
