package org.trackerreports.movement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Places: what is refused, and what a report says about one. */
class PlaceTest {

    private static Vertex v(double latitude, double longitude) {
        return new Vertex(latitude, longitude);
    }

    private static final Polygon SQUARE = new Polygon(List.of(v(0, 30), v(0, 30.01), v(0.01, 30.01), v(0.01, 30)));

    private static Report report(double latitude, double longitude, OptionalDouble accuracy) {
        return new Report(new UUID(0, 0), "key", Reports.NOON, Reports.NOON, latitude, longitude, accuracy, 2);
    }

    /** A circle of 200 m; a degree of longitude is 111,195 m at the equator. */
    @ParameterizedTest
    @CsvSource({
        "0, 10, IN", "199, 10, IN", "199, 200, IN", "199, 201, UNDECIDED", "201, 10, UNDECIDED",
        "229, 10, UNDECIDED", "231, 10, OUT", "290, 100, UNDECIDED", "301, 100, OUT", "5000, 255, OUT"
    })
    void decidesByDistanceAndAccuracy(double metres, double accuracy, Decision decision) {
        Place place = Place.of(1, "home", new Circle(0, 30, 200));
        assertThat(place.decide(report(0, 30 + metres / 111_195.08, OptionalDouble.of(accuracy))))
                .isEqualTo(decision);
    }

    @Test
    void anUnknownAccuracyCountsAsAHundredMetres() {
        Place place = Place.of(1, "home", new Circle(0, 30, 50));
        assertThat(place.decide(report(0, 30, OptionalDouble.empty()))).isEqualTo(Decision.IN);
        assertThat(place.decide(report(0, 30, OptionalDouble.of(101)))).isEqualTo(Decision.UNDECIDED);
        assertThat(place.decide(report(0, 30 + 149 / 111_195.0, OptionalDouble.empty())))
                .isEqualTo(Decision.UNDECIDED);
        assertThat(place.decide(report(0, 30 + 151 / 111_195.0, OptionalDouble.empty())))
                .isEqualTo(Decision.OUT);
    }

    @Test
    void measuresFromTheBorderOfAPolygon() {
        // Half of a side of 1,111.95 m.
        assertThat(SQUARE.metresOutside(0.005, 30.005)).isCloseTo(-555.98, within(0.1));
        assertThat(SQUARE.metresOutside(0.005, 30.011)).isCloseTo(111.2, within(0.1));
        assertThat(SQUARE.metresOutside(-0.001, 29.999)).isCloseTo(157.3, within(0.2));
        assertThat(SQUARE.metresOutside(0, -150)).isCloseTo(Math.PI * 6_371_008.8, within(2_000.0));
        // Area of the square as a circle.
        assertThat(SQUARE.radiusMetres()).isCloseTo(1_111.95 / Math.sqrt(Math.PI), within(0.2));
    }

    @Test
    void aPolygonCanBeConcaveAndCrossTheDateLine() {
        Polygon hook = new Polygon(List.of(
                v(0, 179.9),
                v(0, -179.9),
                v(0.2, -179.9),
                v(0.2, -179.95),
                v(0.1, -179.95),
                v(0.1, 179.9),
                v(0, 179.9)));
        assertThat(hook.corners()).hasSize(6);
        assertThat(hook.metresOutside(0.05, 180)).isNegative();
        assertThat(hook.metresOutside(0.05, -180)).isNegative();
        assertThat(hook.metresOutside(0.15, -179.92)).isNegative();
        assertThat(hook.metresOutside(0.15, 179.95)).isPositive();
        assertThat(hook.metresOutside(0.05, -179.8)).isCloseTo(11_119, within(5.0));
        assertThat(hook.metresOutside(0.05, 179.8)).isCloseTo(11_119, within(5.0));
    }

    @Test
    void refusesPolygonsThatAreNone() {
        assertThatThrownBy(() -> new Polygon(List.of(v(0, 0), v(0, 1)))).hasMessageContaining("has 2 corners");
        assertThatThrownBy(() -> new Polygon(List.of(v(0, 0), v(1, 1), v(0, 1), v(1, 0))))
                .hasMessageContaining("crosses or touches itself");
        // Touches itself in a corner, on a side, along a side; a corner twice; a line.
        assertThatThrownBy(() -> new Polygon(List.of(v(0, 0), v(2, 0), v(1, 1), v(2, 2), v(0, 2), v(1, 1))))
                .hasMessageContaining("crosses or touches");
        assertThatThrownBy(() -> new Polygon(List.of(v(0, 0), v(0, 4), v(2, 4), v(0, 2), v(2, 0))))
                .hasMessageContaining("crosses or touches");
        assertThatThrownBy(() -> new Polygon(List.of(v(0, 0), v(0, 4), v(0, 2), v(2, 2))))
                .hasMessageContaining("crosses or touches");
        assertThatThrownBy(() -> new Polygon(List.of(v(0, 0), v(0, 1), v(0, 1), v(1, 1))))
                .hasMessageContaining("crosses or touches");
        assertThatThrownBy(() -> new Polygon(List.of(v(0, 0), v(1, 1), v(2, 2))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Polygon(List.of(v(0, -100), v(0, 0), v(0, 100), v(50, 0))))
                .hasMessageContaining("wider than half the earth");
        assertThatThrownBy(() -> v(0, 181)).hasMessageContaining("not on earth");
    }

    @Test
    void aPolygonHasAtMostFiveHundredCorners() {
        assertThatCode(() -> regular(500)).doesNotThrowAnyException();
        assertThatThrownBy(() -> regular(501)).hasMessageContaining("has 501 corners; it must have 3 to 500");
    }

    private static Polygon regular(int corners) {
        List<Vertex> outline = new ArrayList<>();
        for (int i = 0; i < corners; i++) {
            double angle = 2 * Math.PI * i / corners;
            outline.add(v(50 + Math.sin(angle), 10 + Math.cos(angle)));
        }
        return new Polygon(outline);
    }

    @ParameterizedTest
    @ValueSource(doubles = {49.9, 0, -100, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesRadii(double radius) {
        assertThatThrownBy(() -> new Circle(52, 13, radius)).hasMessageContaining("it must be 50 to 10000000 m");
    }

    @Test
    void refusesCentresThatAreNotOnEarth() {
        assertThatThrownBy(() -> new Circle(90.5, 0, 100)).hasMessageContaining("not on earth");
        assertThatThrownBy(() -> new Circle(0, Double.NaN, 100)).hasMessageContaining("not on earth");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", " home", "home ", "ho\nme", "ho\u0000me"})
    void refusesNames(String name) {
        assertThatThrownBy(() -> Place.of(1, name, SQUARE)).hasMessageContaining("the name of a place must have");
    }

    @Test
    void namesHaveAtMostAHundredCharacters() {
        assertThat(Place.of(1, "ä".repeat(100), SQUARE).name()).hasSize(100);
        assertThatThrownBy(() -> Place.of(1, "a".repeat(101), SQUARE)).hasMessageContaining("1 to 100 characters");
    }

    @Test
    void refusesOptionsOutOfRange() {
        Duration day = Duration.ofDays(1);
        assertThatThrownBy(() -> new Place(1, "home", SQUARE, 0, Duration.ZERO, day))
                .hasMessageContaining("confirm is 0");
        assertThatThrownBy(() -> new Place(1, "home", SQUARE, 1, day.plusSeconds(1), day))
                .hasMessageContaining("dwell");
        assertThatThrownBy(() -> new Place(1, "home", SQUARE, 1, day, day.negated()))
                .hasMessageContaining("max lag");
    }

    @Test
    void showsNoPositions() {
        assertThat(Place.of(1, "home", new Circle(52.25, 13.5, 100)).toString()).doesNotContain("52.25", "13.5");
        assertThat(SQUARE.toString()).isEqualTo("Polygon[4 corners]");
    }
}
