package org.trackerreports.systemtests.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.Payload;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.ReportContent;
import org.trackerreports.systemtests.tools.ToolProcess.Ended;

/**
 * {@code stays}, {@code trips}, {@code transitions}, {@code places suggest}, {@code explain --report}, {@code db judge}, and flags everywhere:
 * a day at home, at an office 5 km to the north, and at home again, with a report from Madrid in between.
 */
@ExtendWith(WithToolWorld.class)
class MovementCommandsTest {

    private static final double HOME = 52.5;
    private static final double OFFICE = 52.545;
    private static final double EAST = 13.4;

    private final ToolWorld world;
    private final Instant midnight = HistoryCommandsTest.dayBeforeYesterday();

    @TempDir
    private Path directory;

    MovementCommandsTest(ToolWorld world) {
        this.world = world;
    }

    private Instant at(String time) {
        String[] parts = time.split(":");
        return midnight.plus(Duration.ofHours(Long.parseLong(parts[0]))).plusSeconds(60 * Long.parseLong(parts[1]));
    }

    /** A tracker at home from 08:00 to 09:00 and from 13:00 to 17:00, at the office from 10:00 to 12:00. */
    private long commuter(String name) throws IOException {
        world.newTracker(name, 10, 20);
        long id = world.store().trackers().find(name).orElseThrow().id();
        world.store().trackers().changeLabels(id, Map.of("who", name), List.of());
        List<NewReport> reports = new ArrayList<>();
        for (String time : List.of("8:00", "8:15", "8:30", "8:45", "9:00", "13:00", "13:30", "17:00")) {
            reports.add(seen(id, time, HOME, EAST, 10));
        }
        reports.add(seen(id, "9:30", 52.5225, EAST, 10));
        for (String time : List.of("10:00", "10:30", "11:00", "11:30", "12:00")) {
            reports.add(seen(id, time, OFFICE, EAST, 10));
        }
        reports.add(seen(id, "10:45", 40, -3.7, 10));
        // Too inaccurate to decide anything, and a twin.
        reports.add(seen(id, "11:45", OFFICE + 0.01, EAST, 250));
        reports.add(seen(id, "12:00", OFFICE, EAST, 12));
        world.store().reports().insert(reports, List.of());
        return id;
    }

    private NewReport seen(long id, String time, double latitude, double longitude, double accuracy) {
        return new NewReport(
                OptionalLong.of(id),
                world.store().trackers().hashedKeys(id).get(0),
                at(time),
                new ReportContent(
                        Optional.of(new Position(latitude, longitude)),
                        2,
                        OptionalDouble.of(accuracy),
                        OptionalInt.of(32),
                        Optional.of("Berlin, DE"),
                        Set.of(),
                        Optional.empty()),
                Optional.of(Payload.of((time + " " + accuracy).getBytes(StandardCharsets.UTF_8))),
                at(time).plusSeconds(600));
    }

    @Test
    void staysTripsAndTransitionsFollowFromJudgedReports() throws Exception {
        long id = commuter("Commuter");
        Ended early = world.tool("stays", "Commuter");
        assertThat(early.err()).contains("not been judged yet", "findmy tools db judge");
        assertThat(world.tool("db", "status", "--json")
                        .done()
                        .json()
                        .get("feed_lag_events")
                        .asLong())
                .isPositive();
        assertThat(world.tool("db", "judge").done().out()).contains("reports were judged");
        JsonNode status = world.tool("db", "status", "--json").done().json();
        assertThat(status.get("feed_lag_events").asLong()).isZero();
        assertThat(status.get("trackers_to_judge").asLong()).isZero();
        assertThat(status.get("judging").asBoolean()).as("nobody does any more").isFalse();

        JsonNode suggested =
                world.tool("places", "suggest", "Commuter", "--json").done().json();
        assertThat(suggested).as("one stay at the office is not often").hasSize(1);
        assertThat(suggested.at("/0/stays").asInt()).isEqualTo(2);
        assertThat(suggested.at("/0/seconds").asInt()).isEqualTo(5 * 3600);
        assertThat(suggested.at("/0/command").asText())
                .isEqualTo("findmy tools places add 'Berlin, DE' --lat=52.5000000 --lon=13.4000000 --radius=100");

        world.tool("places", "add", "Home", "--lat=52.5", "--lon=13.4", "--radius=100", "--label", "who=Commuter")
                .done();
        Path office = world.write("office.geojson", """
            {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": {"type": "Polygon",
              "coordinates": [[[13.399, 52.544], [13.401, 52.544], [13.401, 52.546], [13.399, 52.546], [13.399, 52.544]]]},
             "properties": {"name": "Office", "labels": {"who": "Commuter"}}}]}""");
        world.tool("places", "import", office.toString()).done();
        world.tool("db", "judge").done();

        JsonNode stays = world.tool("stays", "Commuter", "--json").done().json();
        assertThat(stays.findValuesAsText("from")).containsExactly(text("8:00"), text("10:00"), text("13:00"));
        assertThat(stays.findValuesAsText("to")).containsExactly(text("9:00"), text("12:00"), text("17:00"));
        assertThat(stays.findValuesAsText("place")).containsExactly("Home", "Office", "Home");
        assertThat(stays.findValuesAsText("certain_seconds")).containsExactly("3600", "7200", "1800");
        assertThat(stays.findValuesAsText("assumed")).containsExactly("false", "false", "true");
        assertThat(stays.findValuesAsText("reports")).containsExactly("5", "5", "3");
        assertThat(stays.at("/1/lat").asDouble()).isEqualTo(OFFICE, within(1e-7));
        assertThat(stays.at("/1/nearest_city").asText()).isEqualTo("Berlin, DE");
        assertThat(world.tool("stays", "Commuter").done().out()).contains("3 h 30 min of it assumed", "Office");

        JsonNode trips = world.tool("trips", "Commuter", "--json").done().json();
        assertThat(trips.findValuesAsText("from")).containsExactly(text("9:00"), text("12:00"));
        assertThat(trips.findValuesAsText("to")).containsExactly(text("10:00"), text("13:00"));
        // Two legs of 2501.9 m, and one of 5003.8 m, each less 1.5 times both accuracies of 10 m.
        assertThat(trips.at("/0/length_m").asDouble()).isEqualTo(4944, within(1.0));
        assertThat(trips.at("/1/length_m").asDouble()).isEqualTo(4974, within(1.0));

        transitionsAreShown(id);
    }

    private void transitionsAreShown(long id) throws Exception {
        JsonNode all = world.tool("transitions", "Commuter", "--json").done().json();
        assertThat(all.findValuesAsText("event_time"))
                .containsExactly(text("9:30"), text("10:00"), text("13:00"), text("13:00"));
        assertThat(all.at("/0/direction").asText()).isEqualTo("left");
        assertThat(all.at("/0/place").asText()).isEqualTo("Home");
        assertThat(all.at("/0/revision").asInt()).isEqualTo(1);
        assertThat(all.at("/0/late").asBoolean()).as("the place is newer").isTrue();
        assertThat(all.at("/1/direction").asText()).isEqualTo("entered");
        assertThat(all.at("/1/place").asText()).isEqualTo("Office");
        assertThat(all.get(0).has("withdrawn")).isFalse();
        JsonNode home =
                world.tool("transitions", "--place", "Home", "--json").done().json();
        assertThat(home.findValuesAsText("direction")).containsExactly("left", "entered");
        assertThat(world.tool("transitions", "--place", "Hme").err()).contains("nearest: Home");
        Ended turned = world.tool("transitions", "--from", "1d", "--to", "2d");
        assertThat(turned.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(turned.err()).contains("is not before --to");
        assertThat(world.tool("transitions", "--from", "2020-01-01", "--to", "2020-01-02")
                        .exitCode())
                .isEqualTo(ExitCode.NOTHING_FOUND);

        List<String> csv = world.tool("export", "Commuter", "--what", "stays", "--format", "csv")
                .done()
                .out()
                .lines()
                .toList();
        assertThat(csv)
                .hasSize(4)
                .startsWith(
                        "tracker,from,to,lat,lon,certain_seconds,assumed,place,nearest_city,reports",
                        "Commuter," + text("8:00") + "," + text("9:00")
                                + ",52.5,13.4,3600,false,Home,\"Berlin, DE\",5");
        JsonNode exported = new ObjectMapper()
                .readTree(world.tool("export", "Commuter", "--what", "transitions", "--format", "geojson")
                        .done()
                        .out());
        assertThat(exported.get("features")).hasSize(4);
        assertThat(exported.at("/features/0/geometry/coordinates/1").asDouble()).isEqualTo(52.5225);
        assertThat(exported.at("/features/0/properties/direction").asText()).isEqualTo("left");
        assertThat(world.tool("export", "Commuter", "--what", "stays", "--format", "gpx")
                        .err())
                .contains("expected csv, geojson or geojsonl");

        // Half an hour earlier at home than it seemed: both transitions of 13:00 are of 12:30 instead.
        world.store().reports().insert(List.of(seen(id, "12:30", HOME, EAST, 10)), List.of());
        world.tool("db", "judge").done();
        JsonNode withWithdrawn = world.tool("transitions", "Commuter", "--withdrawn", "--json")
                .done()
                .json();
        assertThat(withWithdrawn.findValuesAsText("event_time"))
                .containsExactly(
                        text("9:30"), text("10:00"), text("12:30"), text("12:30"), text("13:00"), text("13:00"));
        assertThat(withWithdrawn.findValuesAsText("withdrawn"))
                .containsExactly("false", "false", "false", "false", "true", "true");
        assertThat(withWithdrawn.findValuesAsText("revision")).containsExactly("1", "1", "1", "1", "2", "2");
        assertThat(world.tool("places", "remove", "Home").out()).contains("with its 3 transitions");
        world.tool("places", "remove", "Home", "--yes").done();
        world.tool("places", "remove", "Office", "--yes").done();
    }

    private String text(String time) {
        return at(time).toString();
    }

    @Test
    void wrongReportsAreLeftOutAndUncertainOnesShownEverywhereInTheSameWords() throws Exception {
        commuter("Flagged");
        Ended unjudged = world.tool("explain", "Flagged", "--report", text("10:45"), "--json")
                .done();
        assertThat(unjudged.json().at("/0/flags")).isEmpty();
        assertThat(unjudged.json().at("/0/judged").asBoolean()).isFalse();
        assertThat(unjudged.err()).contains("not judged yet", "findmy tools db judge");
        world.tool("db", "judge").done();

        JsonNode explained = world.tool("explain", "Flagged", "--report", text("10:45"), "--json")
                .done()
                .json();
        assertThat(explained.at("/0/judged").asBoolean()).isTrue();
        assertThat(explained.at("/0/findings/0/flag").asText()).isEqualTo("SPEED");
        assertThat(explained.at("/0/findings/0/wrong").asBoolean()).isTrue();
        // 1907.1 km, in 15 minutes to two neighbours and in 45 to the others; the root of the mean square of the
        // speeds.
        assertThat(number(explained.at("/0/findings/0/numbers"), "speed_mps")).isEqualTo(1_579, within(1.0));
        assertThat(number(explained.at("/0/findings/0/numbers"), "limit_mps")).isEqualTo(280);
        assertThat(world.tool("explain", "Flagged", "--report", text("10:45"))
                        .done()
                        .out())
                .contains("SPEED", "wrong: too fast", "280 m/s");
        assertThat(world.tool("explain", "Flagged", "--report", text("8:15"))
                        .done()
                        .out())
                .contains("No rule flags it.");
        Ended none = world.tool("explain", "Flagged", "--report", text("8:16"));
        assertThat(none.exitCode()).isEqualTo(ExitCode.NOTHING_FOUND);
        assertThat(none.err()).contains("nearest: " + text("8:15"));

        Ended without = world.tool("history", "Flagged", "--json").done();
        assertThat(without.json()).hasSize(16);
        assertThat(without.err()).contains("1 with flags left out, --flags with shows them.");
        assertThat(without.json().findValues("flags").stream().filter(flags -> !flags.isEmpty()))
                .singleElement()
                .hasToString("[\"COARSE\"]");
        assertThat(world.tool("history", "Flagged", "--flags", "with", "--json")
                        .done()
                        .json())
                .hasSize(17);
        Ended only =
                world.tool("history", "Flagged", "--flags", "only", "--json").done();
        assertThat(only.json().findValuesAsText("event_time")).containsExactly(text("10:45"), text("11:45"));
        assertThat(only.err()).contains("15 without flags left out, --flags with shows them.");
        assertThat(world.tool("export", "Flagged", "--format", "csv")
                        .done()
                        .out()
                        .lines())
                .hasSize(17);
        assertThat(world.tool("latest", "Flagged", "--json")
                        .done()
                        .json()
                        .at("/0/event_time")
                        .asText())
                .isEqualTo(text("17:00"));
        assertThat(world.tool("latest", "Flagged", "--flags", "only", "--json")
                        .done()
                        .json()
                        .at("/0/event_time")
                        .asText())
                .isEqualTo(text("11:45"));

        Path page = directory.resolve("map.html");
        assertThat(world.tool("map", "Flagged", "-o", page.toString()).done().err())
                .as("twins are one sighting")
                .contains("15 positions of 1 tracker", "1 with flags left out");
        assertThat(Files.readString(page)).contains("\"stays\":[[" + at("8:00").getEpochSecond());
        assertThat(world.tool("map", "Flagged", "--flags", "with", "-o", page.toString())
                        .done()
                        .err())
                .contains("16 positions of 1 tracker");
        assertThat(Files.readString(page)).contains("\"SPEED\",true]", "\"COARSE\",false]");
    }

    private static double number(JsonNode numbers, String name) {
        for (JsonNode number : numbers) {
            if (number.get("name").asText().equals(name)) {
                return number.get("value").asDouble();
            }
        }
        throw new AssertionError("no " + name + " in " + numbers);
    }
}
