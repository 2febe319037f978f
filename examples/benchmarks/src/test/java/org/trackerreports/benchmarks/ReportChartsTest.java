package org.trackerreports.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.benchmarks.Comparison.Kind;
import org.trackerreports.benchmarks.evaluation.Evaluation;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The charts say what the tables say, and tables drawn again give the same files. */
class ReportChartsTest {

    private static final String WORK = "reports fetched, decrypted and stored, with everything that belongs to it";

    @TempDir
    private Path directory;

    @Test
    void chartsStandBelowTheirTables() throws Exception {
        Path report = report();
        String before = Files.readString(report);
        Path pictures = directory.resolve("docs/pictures");

        ReportCharts.draw(report, pictures);

        String link = "\n![The table above as bars](docs/pictures/report-1.svg)\n";
        assertThat(Files.readString(report)).contains(link);
        assertThat(Files.readString(report).replace(link, "")).isEqualTo(before);
        assertThat(pictures).isDirectoryContaining("glob:**/report-1.svg");
        String texts = texts(pictures.resolve("report-1.svg"));
        assertThat(texts)
                .contains(
                        "More is better (reports/s)",
                        WORK,
                        "2,200 (2.00, 4.00 times as fast)",
                        "compared with theirs",
                        "1,000",
                        "compared with goal",
                        "550",
                        "Less is better (MB)",
                        "memory <small>",
                        "100 (10.0 times as much)",
                        "compared with few",
                        "10.0");
    }

    @Test
    void aReportDrawnAgainIsTheSame() throws Exception {
        Path report = report();
        ReportCharts.draw(report, directory);
        Path picture = directory.resolve("report-1.svg");
        String text = Files.readString(report);
        byte[] first = Files.readAllBytes(picture);

        ReportCharts.draw(report, directory);

        assertThat(Files.readString(report)).isEqualTo(text);
        assertThat(picture).hasBinaryContent(first);
    }

    @Test
    void otherTablesAreLeftAlone() throws Exception {
        Path report = Files.writeString(directory.resolve("report.md"), "| what | goal |\n|---|---|\n| start | 6 |\n");

        ReportCharts.draw(report, directory);

        assertThat(report).hasContent("| what | goal |\n|---|---|\n| start | 6 |\n");
        assertThat(directory).isDirectoryNotContaining("glob:**.svg");
    }

    @Test
    void theEvaluationHasAChart() throws Exception {
        Path picture = directory.resolve("evaluation.svg");

        new Evaluation(List.of(5_000L), 1, 7).chart().write(picture);

        assertThat(texts(picture))
                .contains(
                        "Found, of errors over 5 km: more is better",
                        "False transitions: less is better",
                        "km/day",
                        "this project, motion label",
                        "Traccar, limit of the label",
                        "no rule");
    }

    private Path report() throws IOException {
        Series ours = new Series("ours", 3_000, 1_000, 2_200);
        List<Comparison> comparisons = List.of(
                new Comparison(WORK, "reports/s", Kind.RATE, ours, new Series("theirs", 1_000, 500, 1_100)),
                Comparison.withGoal(WORK, "reports/s", Kind.RATE, ours, 550),
                new Comparison("memory <small>", "MB", Kind.COST, new Series("many", 100), new Series("few", 10)));
        return Files.writeString(
                directory.resolve("report.md"),
                "# Figures\n\n" + ResultTable.of(comparisons, List.of("a machine")) + "\nThe end.\n");
    }

    /** All texts of a picture, which must be XML, in their order and with a space between them. */
    private static String texts(Path picture) throws Exception {
        NodeList all = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(picture.toFile())
                .getElementsByTagName("text");
        return IntStream.range(0, all.getLength())
                .mapToObj(i -> ((Element) all.item(i)).getTextContent().strip())
                .collect(Collectors.joining(" "));
    }
}
