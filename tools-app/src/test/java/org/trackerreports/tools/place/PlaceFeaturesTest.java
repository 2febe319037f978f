package org.trackerreports.tools.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trackerreports.store.place.Area;
import org.trackerreports.store.place.NewPlace;
import org.trackerreports.store.report.Position;

/** GeoJSON as other programs write it, right and wrong. */
class PlaceFeaturesTest {

    private static final String POINT = "\"geometry\": {\"type\": \"Point\", \"coordinates\": [13.4, 52.5]}";

    private static PlaceFeatures.Found read(String text) throws IOException {
        return PlaceFeatures.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String collection(String... features) {
        return "{\"type\": \"FeatureCollection\", \"features\": [" + String.join(",", features) + "]}";
    }

    private static String feature(String geometry, String properties) {
        return "{\"type\": \"Feature\", " + geometry + ", \"properties\": {" + properties + "}}";
    }

    @Test
    void aPointWithARadiusAndAPolygonArePlaces() throws Exception {
        PlaceFeatures.Found found = read(collection(feature(POINT, """
                    "name": "Home", "radius": 120.5, "labels": {"kind": "van"}, "confirm": 2, "dwell": "10m", "max_lag": 7200,
                    "alert": false, "colour": "red"\
                    """), feature("""
                    "geometry": {"type": "Polygon", "coordinates": [[[1, 50], [2, 50], [2, 51, 30], [1, 50]]]}\
                    """, "\"name\": \"Field\"")));
        assertThat(found.problems()).isEmpty();
        assertThat(found.places())
                .containsExactly(
                        new NewPlace(
                                "Home",
                                new Area.Circle(new Position(52.5, 13.4), 120.5),
                                Map.of("kind", "van"),
                                2,
                                Duration.ofMinutes(10),
                                Duration.ofHours(2),
                                false),
                        new NewPlace(
                                "Field",
                                new Area.Polygon(
                                        List.of(new Position(50, 1), new Position(50, 2), new Position(51, 2))),
                                Map.of(),
                                1,
                                Duration.ZERO,
                                Duration.ofHours(6),
                                true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "not json | it is not JSON",
                "{} trailing | it is not JSON",
                "[] | it is not GeoJSON",
                "{\"type\": \"Feature\"} | its type is 'Feature'; expected a FeatureCollection",
                "{\"type\": \"FeatureCollection\"} | expected a FeatureCollection with an array",
            })
    void whatIsNoCollectionIsTold(String text, String told) throws Exception {
        assertThat(read(text).problems()).singleElement().asString().contains(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"Point\", \"coordinates\": [13.4, 52.5] | \"name\": \"A\" | feature 1 (A): a Point needs its radius",
                "\"Point\", \"coordinates\": [13.4, 52.5] | \"radius\": 100 | feature 1: it has no name",
                "\"Point\", \"coordinates\": [13.4, 52.5] | \"name\": \"A\", \"radius\": 49 | the radius is 49.0 m; it must be 50",
                "\"Point\", \"coordinates\": [13.4, 52.5] | \"name\": \"A\", \"radius\": \"100\" | a number in properties.radius",
                "\"Point\", \"coordinates\": [52.5, 133.4] | \"name\": \"A\", \"radius\": 100 | probably swapped",
                "\"Point\", \"coordinates\": [389000, 5820000] | \"name\": \"A\", \"radius\": 100 | not on earth",
                "\"Point\", \"coordinates\": [1e999, 5] | \"name\": \"A\", \"radius\": 100 | not on earth",
                "\"Point\", \"coordinates\": [13.4] | \"name\": \"A\", \"radius\": 100 | not [longitude, latitude]",
                "\"LineString\", \"coordinates\": [[1, 2], [2, 3]] | \"name\": \"A\" | its geometry is a LineString",
                "\"Polygon\", \"coordinates\": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]] | \"name\": \"A\" | crosses or touches itself",
                "\"Polygon\", \"coordinates\": [[[0, 0], [1, 1], [0, 0]]] | \"name\": \"A\" | has 2 corners; it must have 3 to 500",
                "\"Polygon\", \"coordinates\": [[[0, 0], [1, 0], [1, 1], [0, 0]], []] | \"name\": \"A\" | has holes",
                "\"Polygon\", \"coordinates\": [] | \"name\": \"A\" | has no outline",
                "\"Point\", \"coordinates\": [1, 2] | \"name\": \"A\", \"radius\": 100, \"confirm\": 0 | confirm is 0",
                "\"Point\", \"coordinates\": [1, 2] | \"name\": \"A\", \"radius\": 100, \"dwell\": \"soon\" | dwell is \"soon\"",
                "\"Point\", \"coordinates\": [1, 2] | \"name\": \"A\", \"radius\": 100, \"max_lag\": -1 | max_lag is -1",
                "\"Point\", \"coordinates\": [1, 2] | \"name\": \"A\", \"radius\": 100, \"alert\": \"no\" | neither true nor false",
                "\"Point\", \"coordinates\": [1, 2] | \"name\": \"A\", \"radius\": 100, \"labels\": [1] | labels is not an object",
                "\"Point\", \"coordinates\": [1, 2] | \"name\": \" A\", \"radius\": 100 | no blanks at its ends",
            })
    void aFeatureThatIsNoPlaceIsNamedWithWhatIsWrong(String geometry, String properties, String told) throws Exception {
        PlaceFeatures.Found found = read(collection(
                feature("\"geometry\": {\"type\": " + geometry.strip() + "}", properties.strip()),
                feature(POINT, "\"name\": \"Right\", \"radius\": 100")));
        assertThat(found.problems()).singleElement().asString().contains(told);
        assertThat(found.places()).hasSize(1);
    }

    @Test
    void twoPlacesOfOneNameAreToldApart() throws Exception {
        String twice = feature(POINT, "\"name\": \"Twice\", \"radius\": 100");
        assertThat(read(collection(twice, twice)).problems())
                .containsExactly("feature 2 (Twice): feature 1 has the same name");
    }
}
