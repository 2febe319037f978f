package org.trackerreports.server.internal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.ReportContent;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.store.view.TrackerView;

/** The bytes of an export, which spreadsheets and scripts of users read. */
class CsvOutputTest {

    private static final String HEADER =
            "tracker,event_time,published_time,received_time,lat,lon,accuracy_m,confidence,status,flags\r\n";
    private static final Instant SEEN = Instant.parse("2026-11-29T04:00:00Z");
    private static final Instant RECEIVED = Instant.parse("2026-11-29T04:20:00.123456Z");

    @ParameterizedTest
    @CsvSource({
        "52.52, 52.52",
        "-13.4, -13.4",
        "-0.0, 0",
        "0.0, 0",
        "180.0, 180",
        "-90.0, -90",
        "100.0, 100",
        "1.0E-7, 0.0000001",
        "-1.0E-7, -0.0000001",
        "4.0E-8, 0",
        "-4.0E-8, 0",
        // Halves go to the even neighbour.
        "5.0E-8, 0",
        "1.5E-7, 0.0000002",
        "13.40000005, 13.4",
        "13.40000015, 13.4000002",
        "52.123456789, 52.1234568",
        "-179.9999999, -179.9999999",
        "179.99999999, 180",
        "-0.05, -0.05",
        "1.0E22, 10000000000000000000000"
    })
    void degreesHaveAtMostSevenDecimalsAndNoExponent(double degrees, String text) {
        assertThat(PlainNumbers.degrees(degrees)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "34.0, 34",
        "255.0, 255",
        "-0.0, 0",
        "0.1, 0.1",
        "12.50, 12.5",
        "1.0E-5, 0.00001",
        "999999.0, 999999",
        "1.0E7, 10000000",
        "1.23456789012345E14, 123456789012345",
        "0.30000000000000004, 0.30000000000000004",
        "-7.0, -7"
    })
    void metresHaveAllTheirDecimals(double metres, String text) {
        assertThat(PlainNumbers.of(metres)).isEqualTo(text);
    }

    @Test
    void agreesWithDecimalsOfAnyLength() {
        Random random = new Random(25);
        for (int number = 0; number < 20_000; number++) {
            double reported = random.nextInt() / 1e7;
            double any = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(24) - 10);
            for (double degrees : new double[] {reported, any, Math.nextUp(reported), Math.rint(any)}) {
                assertThat(PlainNumbers.degrees(degrees))
                        .as("%s", degrees)
                        .isEqualTo(decimal(BigDecimal.valueOf(degrees).setScale(7, RoundingMode.HALF_EVEN)));
                assertThat(PlainNumbers.of(degrees)).as("%s", degrees).isEqualTo(decimal(BigDecimal.valueOf(degrees)));
            }
        }
    }

    private static String decimal(BigDecimal exact) {
        return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
    }

    @Test
    void aLineHasAllColumns() {
        assertThat(written("Bike", report(52.52, 13.4, OptionalDouble.of(34), OptionalInt.of(96), Set.of())))
                .isEqualTo(HEADER + "Bike,2026-11-29T04:00:00Z,,2026-11-29T04:20:00.123456Z,52.52,13.4,34,2,96,\r\n");
        assertThat(written(
                        "Bike",
                        report(-0.0, -1e-7, OptionalDouble.empty(), OptionalInt.empty(), Set.of("SPEED", "COARSE"))))
                .isEqualTo(HEADER
                        + "Bike,2026-11-29T04:00:00Z,,2026-11-29T04:20:00.123456Z,0,-0.0000001,,2,,COARSE SPEED\r\n");
    }

    @Test
    void flagsThatNeedItAreQuoted() {
        assertThat(written("Bike", report(1, 2, OptionalDouble.empty(), OptionalInt.empty(), Set.of("A,B", "C\"D"))))
                .endsWith(",1,2,,2,,\"A,B C\"\"D\"\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = ';',
            value = {
                "Bike;Bike",
                "Jürgens Rad \uD83D\uDEB2;Jürgens Rad \uD83D\uDEB2",
                "my \"best\" bike;\"my \"\"best\"\" bike\"",
                "bike, old;\"bike, old\"",
                "=1+1;'=1+1",
                "-2,5;\"'-2,5\"",
                "@home;'@home",
                "+49;'+49",
                "1-2;1-2"
            })
    void namesAreTextForEverySpreadsheet(String name, String cell) {
        assertThat(written(name, report(1, 2, OptionalDouble.empty(), OptionalInt.empty(), Set.of())))
                .isEqualTo(HEADER + cell + ",2026-11-29T04:00:00Z,,2026-11-29T04:20:00.123456Z,1,2,,2,,\r\n");
    }

    @Test
    void namesWithEndsOfLinesStayInTheirCell() {
        StoredReport report = report(1, 2, OptionalDouble.empty(), OptionalInt.empty(), Set.of());
        assertThat(written("a\nb", report)).startsWith(HEADER + "\"a\nb\",2026");
        assertThat(written("a\rb", report)).startsWith(HEADER + "\"a\rb\",2026");
        assertThat(written("\ta", report)).startsWith(HEADER + "'\ta,2026");
        assertThat(written("a\u2028b", report)).startsWith(HEADER + "a\u2028b,2026");
    }

    private static StoredReport report(
            double latitude, double longitude, OptionalDouble accuracy, OptionalInt status, Set<String> flags) {
        ReportContent content = new ReportContent(
                Optional.of(new Position(latitude, longitude)),
                2,
                accuracy,
                status,
                Optional.empty(),
                flags,
                Optional.empty());
        return new StoredReport(OptionalLong.of(1), "key", SEEN, content, Optional.empty(), RECEIVED, new UUID(0, 1));
    }

    private static String written(String name, StoredReport report) {
        TrackerView tracker = new TrackerView(
                1, name, Map.of(), true, SEEN, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ReportOutput output = new CsvOutput(bytes, tracker);
        output.add(report);
        output.end();
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
