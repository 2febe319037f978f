package org.trackerreports.store.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeoNamesCityFinderTest {

    private final CityFinder finder = new GeoNamesCityFinder();

    /** Places and their positions from general knowledge, not from the data. */
    @ParameterizedTest
    @CsvSource({
        "48.1372, 11.5756, DE",
        "40.7128, -74.0060, US",
        "-33.8688, 151.2093, AU",
        "64.1466, -21.9426, IS",
        "-54.8019, -68.3030, AR"
    })
    void namesAPlaceOfTheRightCountryNearby(double latitude, double longitude, String country) {
        City city = finder.nearest(latitude, longitude).orElseThrow();

        assertThat(city.countryCode()).isEqualTo(country);
        assertThat(city.distanceMetres()).isLessThan(5_000);
        assertThat(city.label()).isEqualTo(city.name() + ", " + country);
    }

    /** The first and the last line of the data, and names with letters of two and three bytes. */
    @ParameterizedTest
    @CsvSource({
        "42.5676, 1.5976, Canillo, AD",
        "47.3667, 8.55, Zürich, CH",
        "24.4624, 55.3372, Suwayḩān, AE",
        "-17.8277, 31.0534, Harare, ZW"
    })
    void namesAPlaceByItsWholeName(double latitude, double longitude, String name, String country) {
        City city = finder.nearest(latitude, longitude).orElseThrow();

        assertThat(city.name()).isEqualTo(name);
        assertThat(city.countryCode()).isEqualTo(country);
    }

    /** Fiji lies west of the date line; on this side of it the nearest land is hundreds of kilometres away. */
    @Test
    void looksAcrossTheDateLine() {
        City city = finder.nearest(-16.80, -179.99).orElseThrow();

        assertThat(city.countryCode()).isEqualTo("FJ");
        assertThat(city.distanceMetres()).isLessThan(100_000);
    }

    @Test
    void answersAtThePolesTheSameForEveryLongitude() {
        City city = finder.nearest(90, 0).orElseThrow();

        assertThat(finder.nearest(90, 123.4).orElseThrow().name()).isEqualTo(city.name());
        assertThat(finder.nearest(-90, -77)).isPresent();
        assertThat(city.distanceMetres()).isBetween(500_000.0, 1_500_000.0);
    }

    @Test
    void hasNoAnswerOutsideTheEarth() {
        assertThat(finder.nearest(91, 0)).isEmpty();
        assertThat(finder.nearest(0, Double.NaN)).isEmpty();
    }

    /** Compared with the haversine formula over all points, which shares nothing with the tree. */
    @Test
    void findsWhatLookingAtEveryPointFinds() {
        Random random = new Random(20260615);
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            points.add(new double[] {random.nextInt(181) - 90, random.nextInt(361) - 180});
        }
        SphereTree tree = new SphereTree(points);
        for (int i = 0; i < 2_000; i++) {
            double latitude = 180 * random.nextDouble() - 90;
            double longitude = 360 * random.nextDouble() - 180;
            double nearest = points.stream()
                    .mapToDouble(point -> haversine(point, latitude, longitude))
                    .min()
                    .orElseThrow();
            int found = tree.nearest(latitude, longitude);
            assertThat(haversine(points.get(found), latitude, longitude)).isCloseTo(nearest, within(1e-9));
            assertThat(tree.angleTo(found, latitude, longitude)).isCloseTo(nearest, within(1e-9));
        }
    }

    private static double haversine(double[] point, double latitude, double longitude) {
        double sinLatitude = Math.sin(Math.toRadians(latitude - point[0]) / 2);
        double sinLongitude = Math.sin(Math.toRadians(longitude - point[1]) / 2);
        return 2
                * Math.asin(Math.sqrt(sinLatitude * sinLatitude
                        + Math.cos(Math.toRadians(point[0]))
                                * Math.cos(Math.toRadians(latitude))
                                * sinLongitude
                                * sinLongitude));
    }
}
