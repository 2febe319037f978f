package org.trackerreports.systemtests.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.Payload;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.ReportContent;
import org.trackerreports.systemtests.tools.ToolProcess.Ended;
import org.trackerreports.testsupport.TestProcess;

/** {@code latest}, {@code history}, {@code gaps} and {@code export}. */
@ExtendWith(WithToolWorld.class)
class HistoryCommandsTest {

    private static final int MANY = 150_000;

    private final ToolWorld world;

    @TempDir
    private Path directory;

    HistoryCommandsTest(ToolWorld world) {
        this.world = world;
    }

    /** A tracker that was seen every half hour of a day from midnight on, but not from 06:00 to 18:00. */
    static Instant aDayOf(ToolWorld world, String name) throws IOException {
        return aDayOf(world, name, dayBeforeYesterday());
    }

    static Instant dayBeforeYesterday() {
        return Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(2));
    }

    static Instant aDayOf(ToolWorld world, String name, Instant midnight) throws IOException {
        world.newTracker(name, 10, 20);
        long id = world.store().trackers().find(name).orElseThrow().id();
        String key = world.store().trackers().hashedKeys(id).get(0);
        List<NewReport> reports = new ArrayList<>();
        for (int half = 0; half < 48; half++) {
            if (half > 12 && half < 36) {
                continue;
            }
            reports.add(new NewReport(
                    OptionalLong.of(id),
                    key,
                    midnight.plus(Duration.ofMinutes(30L * half)),
                    new ReportContent(
                            Optional.of(new Position(52.5 + half / 1_000.0, 13.4 - half / 500.0)),
                            half == 0 ? 1 : 2 + half % 2,
                            OptionalDouble.of(10 + half),
                            OptionalInt.of(32),
                            Optional.of("Berlin, DE"),
                            Set.of(),
                            Optional.empty()),
                    Optional.of(Payload.of(new byte[] {(byte) half})),
                    midnight.plus(Duration.ofDays(1))));
        }
        world.store().reports().insert(reports, List.of());
        return midnight;
    }

    @Test
    void historyIsPrintedFinelyAndCoarselyForPeopleAndForScripts() throws Exception {
        Instant midnight = aDayOf(world, "Walker");
        String date = midnight.toString().substring(0, 10);

        JsonNode raw =
                world.tool("history", "Walker", "--from", date, "--json").done().json();
        assertThat(raw).hasSize(24);
        JsonNode second = raw.get(0);
        assertThat(second.get("event_time").asText())
                .isEqualTo(midnight.plusSeconds(1800).toString());
        assertThat(second.get("lat").asDouble()).isEqualTo(52.501, within(1e-7));
        assertThat(second.get("lon").asDouble()).isEqualTo(13.398, within(1e-7));
        assertThat(second.get("accuracy_m").asDouble()).isEqualTo(11);
        assertThat(second.get("confidence").asInt()).isEqualTo(3);
        assertThat(second.get("status").asInt()).isEqualTo(32);
        assertThat(second.get("nearest_city").asText()).isEqualTo("Berlin, DE");
        assertThat(second.get("tracker").asText()).isEqualTo("Walker");
        assertThat(second.get("flags").isArray()).isTrue();

        JsonNode hours = world.tool(
                        "history",
                        "Walker",
                        "--from",
                        date,
                        "--to",
                        date,
                        "--by",
                        "hour",
                        "--min-confidence",
                        "0",
                        "--json")
                .done()
                .json();
        assertThat(hours).hasSize(13);
        assertThat(hours.get(0).get("start_time").asText()).isEqualTo(midnight.toString());
        assertThat(hours.get(0).get("reports").asInt()).isEqualTo(2);
        assertThat(hours.get(0).get("last_time").asText())
                .isEqualTo(midnight.plusSeconds(1800).toString());
        assertThat(hours.get(0).get("lat").asDouble()).isEqualTo(52.501, within(1e-7));

        Ended days =
                world.tool("history", "Walker", "--from", "3d", "--by", "day").done();
        assertThat(days.out().lines().findFirst().orElseThrow())
                .contains("TRACKER", "START (UTC)", "REPORTS", "LAST SEEN", "LATITUDE", "NEAREST CITY");
        assertThat(days.out())
                .contains("Walker", date + " 00:00:00", "Berlin, DE")
                .doesNotContain("{");
        assertThat(days.err().strip()).isEqualTo("1 of confidence 1 left out, --min-confidence 1 shows them.");

        Ended nothing = world.tool("history", "Walker", "--from", "2020-01-01", "--to", "2020-01-31", "--json");
        assertThat(nothing.exitCode()).isEqualTo(ExitCode.NOTHING_FOUND);
        assertThat(nothing.json()).isEmpty();
        assertThat(nothing.err()).contains("the latest is of ", "give an earlier --from or a later --to");

        JsonNode gaps = world.tool("gaps", "Walker", "--from", date, "--to", date, "--longer-than", "4", "--json")
                .done()
                .json();
        assertThat(gaps.get(0).get("hours_seen").asInt()).isEqualTo(13);
        assertThat(gaps.get(0).get("hours").asInt()).isEqualTo(24);
        assertThat(gaps.get(0).get("gaps")).hasSize(1);
        assertThat(gaps.get(0).get("gaps").get(0).get("seconds").asLong()).isEqualTo(12 * 3600);
        assertThat(gaps.get(0).get("gaps").get(0).get("from_time").asText())
                .isEqualTo(midnight.plus(Duration.ofHours(6)).toString());
        assertThat(world.tool("gaps", "Walker", "--from", date, "--to", date)
                        .done()
                        .out())
                .contains("seen in 13 of 24 hours (54 %)", "06:00:00", "18:00:00", "12 h");
    }

    @Test
    void whatHasFlagsIsKeptAndListedButIsNoPositionUnlessAsked() throws Exception {
        world.newTracker("Islander", 10, 20);
        long id = world.store().trackers().find("Islander").orElseThrow().id();
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(30));
        Instant good = hour.plus(Duration.ofMinutes(1));
        world.store()
                .reports()
                .insert(
                        List.of(
                                seen(id, good, 52.5, 13.4, Set.of()),
                                seen(id, good.plusSeconds(3_000), 0, 0, Set.of("NULL_ISLAND")),
                                seen(id, good.plusSeconds(3_060), 91, 13.4, Set.of("coordinates_out_of_range")),
                                seen(id, good.plusSeconds(3_120), 52.6, 13.4, Set.of("FUTURE"))),
                        List.of());

        String[] islander = {"Islander", "--json"};
        JsonNode raw = json("history --flags with", islander);
        assertThat(raw.findValuesAsText("lat")).containsExactly("52.5", "0.0", "52.6");
        assertThat(raw.at("/1/flags/0").asText()).isEqualTo("NULL_ISLAND");
        for (String command : List.of("latest", "history", "history --by hour", "history --by day")) {
            assertThat(json(command, islander).findValuesAsText("lat"))
                    .as(command)
                    .containsExactly("52.5");
        }
        assertThat(json("latest --flags only", islander).at("/0/flags/0").asText())
                .isEqualTo("FUTURE");
        assertThat(json("history --by hour --flags with", islander)
                        .at("/0/flagged")
                        .asBoolean())
                .isTrue();
        assertThat(json("gaps", islander).at("/0/reports").asInt()).isEqualTo(1);
        assertThat(world.tool("export", "Islander", "--format", "kml").done().out())
                .containsOnlyOnce("<Placemark>");
        Path map = directory.resolve("map.html");
        assertThat(world.tool("map", "Islander", "-o", map.toString()).done().err())
                .contains("1 positions of 1 tracker");
        Ended wrong = world.tool("latest", "--flags", "some");
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err()).contains("--flags", "without", "with", "only");
    }

    private JsonNode json(String command, String... more) throws IOException {
        return world.tool(Stream.concat(Stream.of(command.split(" ")), Stream.of(more))
                        .toArray(String[]::new))
                .done()
                .json();
    }

    private NewReport seen(long id, Instant time, double latitude, double longitude, Set<String> flags) {
        return new NewReport(
                OptionalLong.of(id),
                world.store().trackers().hashedKeys(id).get(0),
                time,
                new ReportContent(
                        Optional.of(new Position(latitude, longitude)),
                        2,
                        OptionalDouble.of(10),
                        OptionalInt.of(32),
                        Optional.of("Somewhere, XX"),
                        flags,
                        Optional.empty()),
                Optional.of(Payload.of((time + " " + latitude).getBytes(StandardCharsets.UTF_8))),
                Instant.now());
    }

    @Test
    void daysAreThoseOfTheZoneAlsoWhereOneHasTwentyFiveHours() throws Exception {
        // Clocks go back from three to two on that day in Berlin; it begins at 22:00 of the day before in UTC.
        Instant berlinsMidnight = Instant.parse("2024-10-26T22:00:00Z");
        aDayOf(world, "Berliner", berlinsMidnight);
        String[] zone = {
            "--from", "2024-10-27", "--to", "2024-10-27", "--zone", "Europe/Berlin", "--min-confidence", "0"
        };
        JsonNode days = world.tool(with(zone, "history", "Berliner", "--by", "day", "--json"))
                .done()
                .json();
        assertThat(days).hasSize(1);
        assertThat(days.at("/0/start_time").asText()).isEqualTo(berlinsMidnight.toString());
        assertThat(days.at("/0/reports").asInt()).isEqualTo(25);
        assertThat(days.at("/0/last_time").asText())
                .isEqualTo(berlinsMidnight.plus(Duration.ofMinutes(30 * 47)).toString());
        JsonNode gaps =
                world.tool(with(zone, "gaps", "Berliner", "--json")).done().json();
        assertThat(gaps.at("/0/hours").asInt()).isEqualTo(25);
        assertThat(gaps.at("/0/days_seen").asInt()).isEqualTo(1);
        assertThat(world.tool(with(zone, "history", "Berliner")).done().out())
                .contains("TIME (Europe/Berlin)", "2024-10-27 00:00:00", "2024-10-27 22:30:00");
    }

    private static String[] with(String[] last, String... first) {
        return Stream.concat(Stream.of(first), Stream.of(last)).toArray(String[]::new);
    }

    @Test
    void wrongTimesAndTrackersAreAnsweredWithWhatWouldBeRight() {
        Ended date = world.tool("history", "Walker", "--from", "last tuesday");
        assertThat(date.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(date.err()).contains("--from 'last tuesday' is not a time", "2026-11-23", "7d", "yesterday");
        Ended turned = world.tool("export", "Walker", "--format", "csv", "--from", "1d", "--to", "2d");
        assertThat(turned.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(turned.err()).contains("is not before --to");
        Ended zone = world.tool("history", "Walker", "--zone", "Europe/Berlim");
        assertThat(zone.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(zone.err()).contains("nearest: Europe/Berlin");
        Ended none = world.tool("export", "--format", "gpx");
        assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(none.err()).contains("Which trackers?");
        Ended gap = world.tool("export", "Walker", "--format", "gpx", "--gap-hours", "0");
        assertThat(gap.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(gap.err()).contains("--gap-hours is 0");
        Ended format = world.tool("export", "Walker", "--format", "shp");
        assertThat(format.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(format.err()).contains("csv, geojson, geojsonl, gpx, kml");
    }

    @Test
    void latestCanBeAskedByLabel() throws Exception {
        Instant midnight = aDayOf(world, "Labelled");
        long id = world.store().trackers().find("Labelled").orElseThrow().id();
        world.store().trackers().changeLabels(id, java.util.Map.of("fleet", "test"), List.of());
        JsonNode latest =
                world.tool("latest", "--label", "fleet=test", "--json").done().json();
        assertThat(latest).hasSize(1);
        assertThat(latest.get(0).get("tracker").asText()).isEqualTo("Labelled");
        assertThat(latest.get(0).get("event_time").asText())
                .isEqualTo(midnight.plus(Duration.ofMinutes(30 * 47)).toString());
        Ended nothing = world.tool("latest", "--label", "fleet=other");
        assertThat(nothing.exitCode()).isEqualTo(ExitCode.NOTHING_FOUND);
    }

    @Test
    void exportsTheSameReportsInEveryFormat() throws Exception {
        aDayOf(world, "Traveller");
        List<String> lines = world.tool("export", "Traveller", "--format", "csv")
                .done()
                .out()
                .lines()
                .toList();
        assertThat(lines).hasSize(25);
        assertThat(lines.get(0)).startsWith("tracker,event_time,published_time,received_time,lat,lon");

        Path file = directory.resolve("tracks.geojson");
        Ended written = world.tool("export", "Traveller", "--format", "geojson", "-o", file.toString())
                .done();
        assertThat(written.out()).isEmpty();
        assertThat(written.err())
                .contains(
                        "24 reports of 1 tracker in ", "; 1 of confidence 1 left out, --min-confidence 1 shows them.");
        JsonNode features = new ObjectMapper().readTree(file.toFile()).get("features");
        assertThat(features).hasSize(24);
        for (int number = 0; number < 24; number++) {
            String[] cells = lines.get(number + 1).split(",");
            JsonNode feature = features.get(number);
            assertThat(feature.at("/properties/event_time").asText()).isEqualTo(cells[1]);
            assertThat(feature.at("/geometry/coordinates/1").asText()).isEqualTo(cells[4]);
            assertThat(feature.at("/geometry/coordinates/0").asText()).isEqualTo(cells[5]);
        }
        Ended gpx = world.tool("export", "Traveller", "--format", "gpx").done();
        assertThat(gpx.out().split("<trkseg>", -1)).hasSize(3);
        assertThat(gpx.out().split("<trkpt ", -1)).hasSize(25);
        Ended kml =
                world.tool("export", "--all", "--format", "kml", "--from", "3d").done();
        assertThat(kml.out()).contains("<Folder><name>Traveller</name>");

        Ended empty = world.tool("export", "Traveller", "--format", "csv", "--to", "2020-01-01");
        assertThat(empty.exitCode()).isEqualTo(ExitCode.NOTHING_FOUND);
        assertThat(empty.out().lines()).hasSize(1);
        Ended nowhere = world.tool("export", "Traveller", "--format", "csv", "-o", "/no/such/place/out.csv");
        assertThat(nowhere.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(nowhere.err()).contains("there is no directory /no/such/place");
    }

    @Test
    void aLongHistoryNeedsNoMoreMemoryAndLeavesNothingWhenInterrupted() throws Exception {
        world.newTracker("Long history", 10, 20);
        addMany(world.store().trackers().find("Long history").orElseThrow().id());
        Path file = directory.resolve("long.gpx");
        String[] command = {"export", "Long history", "--format", "gpx", "-o", file.toString()};

        TestProcess process = TestProcess.start(world.tool().builder(command));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> sizeOfParts() > 0);
        boolean interrupts = !ignoresInterrupts();
        process.signal(interrupts ? "INT" : "TERM");
        assertThat(process.exitCode(Duration.ofSeconds(30))).isEqualTo(interrupts ? 130 : 143);
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }

        // All these reports as objects would take more.
        Ended ended =
                world.tool().with("JAVA_TOOL_OPTIONS", "-Xmx40m").run(command).done();
        assertThat(ended.err()).contains(MANY + " reports of 1 tracker");
        assertThat(Files.readString(file)).endsWith("</gpx>\n");
        assertThat(ended.err()).as("nobody watches").doesNotContain("\r");

        assumeThat(ToolProcess.hasTerminal()).as("the program 'script'").isTrue();
        Ended watched = world.tool().runInTerminal(command).done();
        assertThat(watched.out())
                .as("a line that is written over itself")
                .containsPattern("\\[#* *\\] \\d+ reports *\r");
    }

    private long sizeOfParts() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".part"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    /** What is started in the background of a shell ignores Ctrl-C, and so do its children. */
    private static boolean ignoresInterrupts() throws IOException {
        String ignored = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .orElseThrow()
                .substring("SigIgn:".length())
                .strip();
        return (Long.parseUnsignedLong(ignored, 16) & 2) != 0;
    }

    private void addMany(long id) throws SQLException {
        String key = world.store().trackers().hashedKeys(id).get(0);
        try (Connection connection = world.get(DataSource.class).getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "INSERT INTO location_reports (hashed_adv_key, \"timestamp\", location, confidence,"
                                + " horizontal_accuracy, nearest_city) SELECT ?, now() - n * interval '1 minute',"
                                + " location_of(10 + n / 1e5, 20), 2, 30, 'Here' FROM generate_series(1, ?) n")) {
            statement.setString(1, key);
            statement.setInt(2, MANY);
            statement.executeUpdate();
        }
    }
}
