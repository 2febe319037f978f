package org.trackerreports.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.trackerreports.benchmarks.board.BoardTopic;
import org.trackerreports.benchmarks.judging.JudgingTopic;
import org.trackerreports.benchmarks.kernel.DecryptionTopic;
import org.trackerreports.benchmarks.kernel.KeyTopic;
import org.trackerreports.benchmarks.latest.LatestTopic;
import org.trackerreports.benchmarks.movement.MovementTopic;
import org.trackerreports.benchmarks.pipeline.AccountsTopic;
import org.trackerreports.benchmarks.pipeline.GrowthTopic;
import org.trackerreports.benchmarks.pipeline.PipelineTopic;
import org.trackerreports.benchmarks.queue.QueueTopic;
import org.trackerreports.benchmarks.reading.ReadingTopic;
import org.trackerreports.benchmarks.serve.ServeTopic;
import org.trackerreports.benchmarks.sinks.SinksTopic;
import org.trackerreports.benchmarks.start.StartTopic;
import org.trackerreports.benchmarks.store.StoreTopic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: measures the requested topics and writes a table in Markdown. */
@Command(
        name = "findmy bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the speed of the system and its parts, compares each with an alternative, and prints a Markdown table.",
            "Uses simulated services and embedded servers in a temporary directory. A full run takes some hours. Run"
                    + " nothing else on the machine meanwhile; other work distorts the results."
        },
        footer = {
            "",
            "Example: findmy bench --quick",
            "Example: findmy bench --only decryption,keys --findmy-py ../FindMy.py",
            "Example: findmy bench --draw BENCHMARKS.md --charts docs/pictures"
        })
final class BenchCommand implements Callable<Integer> {

    private static final Map<String, Topic> TOPICS = topics();

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--quick",
            description = "Use small sizes and a single round. Takes about a quarter of an hour and is less accurate.")
    private boolean quick;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "TOPIC",
            description = "Measure only these topics: decryption, keys, movement, queue, store, latest, serve,"
                    + " reading, judging, sinks, pipeline, growth, accounts, start, board.")
    private List<String> only = List.of();

    @Option(
            names = "--findmy-py",
            paramLabel = "DIRECTORY",
            description =
                    "Checkout of FindMy.py to compare with. Requires python3 with the package cryptography; the topic pipeline also"
                            + " requires psycopg2.")
    private Path findMyPy;

    @Option(
            names = "--database",
            paramLabel = "URL",
            description =
                    "JDBC URL, with user and password, of an empty database for the topics store and reading, for example one"
                            + " with TimescaleDB. The topic reading uses one that it filled before as it is. Default: an"
                            + " embedded database.")
    private String database;

    @Option(
            names = "--stored-reports",
            paramLabel = "N",
            description =
                    "Number of reports in the database that is queried. Default: 1,000,000, and 100,000,000 for the topic"
                            + " reading; with --quick 100,000 and 10,000,000.")
    private Integer storedReports;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the table to this file instead of standard output, and charts of it beside it.")
    private Path output;

    @Option(
            names = "--draw",
            paramLabel = "FILE",
            description = "Measure nothing: draw the tables of this report again and link the charts in it.")
    private Path draw;

    @Option(
            names = "--charts",
            paramLabel = "DIRECTORY",
            description = "Where the charts go. Default: beside the table.")
    private Path charts;

    private static Map<String, Topic> topics() {
        Map<String, Topic> topics = new LinkedHashMap<>();
        topics.put("decryption", new DecryptionTopic());
        topics.put("keys", new KeyTopic());
        topics.put("movement", new MovementTopic());
        topics.put("queue", new QueueTopic());
        topics.put("store", new StoreTopic());
        topics.put("latest", new LatestTopic());
        topics.put("serve", new ServeTopic());
        topics.put("reading", new ReadingTopic());
        topics.put("judging", new JudgingTopic());
        topics.put("sinks", new SinksTopic());
        topics.put("pipeline", new PipelineTopic());
        topics.put("growth", new GrowthTopic());
        topics.put("accounts", new AccountsTopic());
        topics.put("start", new StartTopic());
        topics.put("board", new BoardTopic());
        return topics;
    }

    @Override
    public Integer call() throws Exception {
        if (draw != null) {
            drawCharts(draw);
            return 0;
        }
        for (String name : only) {
            if (!TOPICS.containsKey(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "Unknown topic '" + name + "'. Topics: " + String.join(", ", TOPICS.keySet()));
            }
        }
        PrintWriter progress = spec.commandLine().getErr();
        Instant begin = Clock.systemUTC().instant();
        List<Comparison> comparisons = new CopyOnWriteArrayList<>();
        List<String> failed = new ArrayList<>();
        Path directory = Files.createTempDirectory("findmy-bench");
        Effort effort = quick ? Effort.QUICK : Effort.FULL;
        Setting setting = new Setting(
                storedReports == null ? effort : effort.withStoredReports(storedReports),
                Optional.ofNullable(findMyPy),
                Optional.ofNullable(database),
                directory,
                progress);
        SignalEnd end = SignalEnd.listen(directory, () -> printUnfinished(comparisons, begin));
        try {
            for (Map.Entry<String, Topic> topic : TOPICS.entrySet()) {
                if (!end.hasBegun() && (only.isEmpty() || only.contains(topic.getKey()))) {
                    setting.tell("measuring " + topic.getKey());
                    if (!measured(topic.getValue(), setting, comparisons)) {
                        failed.add(topic.getKey());
                    }
                }
            }
        } finally {
            end.close();
        }
        if (end.hasBegun()) {
            return 1;
        }
        String table = table(comparisons, begin);
        if (output == null) {
            print(table);
        } else {
            Files.writeString(output, table);
            drawCharts(output);
        }
        if (!failed.isEmpty()) {
            setting.tell("Failed topics (see above): " + String.join(", ", failed) + ". To repeat them, use --only "
                    + String.join(",", failed));
            return 1;
        }
        return 0;
    }

    private String table(List<Comparison> comparisons, Instant begin) {
        return ResultTable.of(comparisons, Machine.describe(begin, commandWords()));
    }

    private void print(String table) {
        spec.commandLine().getOut().print(table);
        spec.commandLine().getOut().flush();
    }

    /** Not into the file: a table that is there already is more complete. */
    private void printUnfinished(List<Comparison> comparisons, Instant begin) {
        if (!comparisons.isEmpty()) {
            print(table(comparisons, begin));
        }
    }

    private void drawCharts(Path report) throws IOException {
        ReportCharts.draw(report, charts == null ? report.resolveSibling("") : charts);
    }

    /** Measures one topic. If it fails, the results of the others are kept. */
    private static boolean measured(Topic topic, Setting setting, List<Comparison> comparisons)
            throws InterruptedException {
        try {
            topic.measure(setting, comparisons::add);
            return true;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            setting.tell("  failed: " + e);
            return false;
        }
    }

    private String commandWords() {
        String words = String.join(" ", spec.commandLine().getParseResult().originalArgs());
        // The table shows neither local paths nor passwords.
        words = findMyPy == null ? words : words.replace(findMyPy.toString(), "DIRECTORY");
        return "./findmy bench " + (database == null ? words : words.replace(database, "URL"));
    }
}
