package org.trackerreports.systemtests.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.systemtests.tools.ToolProcess.Ended;

/** {@code places}: what is added, shown, changed, exported, imported and removed. */
@ExtendWith(WithToolWorld.class)
class PlaceCommandsTest {

    private final ToolWorld world;

    @TempDir
    private Path directory;

    PlaceCommandsTest(ToolWorld world) {
        this.world = world;
    }

    @Test
    void aPlaceIsAddedShownChangedAndRemoved() {
        world.tool("places", "add", "Cabin", "--lat=-47.5", "--lon=170.25", "--radius=80", "--label", "who=nobody")
                .done();
        JsonNode cabin = world.tool("places", "show", "Cabin", "--json").done().json();
        assertThat(cabin.get("lat").asDouble()).isEqualTo(-47.5);
        assertThat(cabin.get("lon").asDouble()).isEqualTo(170.25);
        assertThat(cabin.get("radius_m").asDouble()).isEqualTo(80);
        assertThat(cabin.at("/labels/who").asText()).isEqualTo("nobody");
        assertThat(cabin.get("confirm").asInt()).isEqualTo(1);
        assertThat(cabin.get("dwell_seconds").asInt()).isZero();
        assertThat(cabin.get("max_lag_seconds").asInt()).isEqualTo(21_600);
        assertThat(cabin.get("alert").asBoolean()).isTrue();

        Ended again = world.tool("places", "add", "Cabin", "--lat=1", "--lon=2", "--radius=80");
        assertThat(again.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(again.err()).contains("Cabin was not added: there is a place with the name Cabin already");
        Ended small = world.tool("places", "add", "Dot", "--lat=1", "--lon=2", "--radius=49");
        assertThat(small.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(small.err()).contains("Nothing was stored: the radius is 49.0 m; it must be 50");
        assertThat(world.tool("places", "add", "Dot", "--lat=91", "--lon=2", "--radius=100")
                        .err())
                .contains("the centre is not on earth");
        assertThat(world.tool("places", "add", "Dot", "--lat=1").err())
                .contains("Give all of --lat, --lon and --radius");
        Ended unknown = world.tool("places", "show", "Cabim");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(unknown.err()).contains("There is no place named 'Cabim'; nearest: Cabin");

        world.tool("places", "edit", "Cabin", "--dwell", "10m", "--no-alert", "--new-name", "Hut")
                .done();
        JsonNode hut = world.tool("places", "show", "Hut", "--json").done().json();
        assertThat(hut.get("lat").asDouble()).isEqualTo(-47.5);
        assertThat(hut.get("dwell_seconds").asInt()).isEqualTo(600);
        assertThat(hut.get("alert").asBoolean()).isFalse();
        assertThat(world.tool("places", "list").done().out()).contains("Hut", "80 m around -47.5000000, 170.2500000");

        Ended unsure = world.tool("places", "remove", "Hut");
        assertThat(unsure.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(unsure.out()).contains("would remove Hut with its 0 transitions");
        world.tool("places", "remove", "Hut", "--yes").done();
        assertThat(world.tool("places", "show", "Hut").exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void aFileIsImportedAsAWholeAndAnExportIsTakenBack() throws Exception {
        Path good = world.write("places.geojson", """
            {"type": "FeatureCollection", "features": [
              {"type": "Feature", "geometry": {"type": "Point", "coordinates": [-150.5, 60.25]},
               "properties": {"name": "Jetty", "radius": 90, "labels": {"who": "nobody"}, "confirm": 3, "max_lag": "2h"}},
              {"type": "Feature", "geometry": {"type": "Polygon",
                "coordinates": [[[179.5, -17], [-179.5, -17], [-179.5, -16], [179.5, -16], [179.5, -17]]]},
               "properties": {"name": "Atoll", "labels": {"who": "nobody"}}}]}""");
        assertThat(world.tool("places", "import", good.toString()).done().out()).isEqualTo("2 places were imported.\n");
        Path exported = directory.resolve("exported.geojson");
        world.tool("places", "export", "-o", exported.toString()).done();
        JsonNode features = new ObjectMapper().readTree(exported.toFile()).get("features");
        JsonNode atoll = named(features, "Atoll");
        assertThat(atoll.at("/geometry/coordinates/0")).hasSize(5);
        assertThat(atoll.at("/geometry/coordinates/0/1/0").asDouble()).isEqualTo(-179.5);
        assertThat(named(features, "Jetty").at("/properties/confirm").asInt()).isEqualTo(3);

        // One name is taken and one polygon crosses itself: nothing of either file is stored.
        Path taken = world.write("taken.geojson", """
            {"type": "FeatureCollection", "features": [
              {"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]}, "properties": {"name": "New", "radius": 90}},
              {"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]}, "properties": {"name": "Jetty", "radius": 90}}]}""");
        Ended refused = world.tool("places", "import", taken.toString());
        assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.err())
                .contains("feature 2 (Jetty): there is a place with the name Jetty already", "No place was imported.");
        Path crossed = world.write("crossed.geojson", """
            {"type": "FeatureCollection", "features": [
              {"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]}, "properties": {"name": "New", "radius": 90}},
              {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]},
               "properties": {"name": "Bow"}}]}""");
        assertThat(world.tool("places", "import", crossed.toString()).err())
                .contains("feature 2 (Bow): the polygon crosses or touches itself", "No place was imported.");
        assertThat(world.tool("places", "show", "New").exitCode()).isEqualTo(ExitCode.FAILED);

        Ended corner = world.tool("places", "edit", "Atoll", "--radius=100");
        assertThat(corner.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(corner.err()).contains("Atoll is a polygon");
        for (JsonNode feature : features) {
            world.tool("places", "remove", feature.at("/properties/name").asText(), "--yes")
                    .done();
        }
        Ended none = world.tool("places", "list", "--json");
        assertThat(none.exitCode()).isEqualTo(ExitCode.NOTHING_FOUND);
        assertThat(none.err()).contains("findmy tools places add");
        world.tool("places", "import", exported.toString()).done();
        Path twice = directory.resolve("twice.geojson");
        world.tool("places", "export", "-o", twice.toString()).done();
        assertThat(twice).hasSameTextualContentAs(exported);
        world.tool("places", "remove", "Jetty", "--yes").done();
        world.tool("places", "remove", "Atoll", "--yes").done();
    }

    private static JsonNode named(JsonNode features, String name) {
        for (JsonNode feature : features) {
            if (feature.at("/properties/name").asText().equals(name)) {
                return feature;
            }
        }
        throw new AssertionError("no feature " + name + " in " + features);
    }
}
