package org.trackerreports.tools.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenetics.jpx.GPX;
import io.jenetics.jpx.Track;
import io.jenetics.jpx.TrackSegment;
import io.jenetics.jpx.WayPoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.io.geojson.GeoJsonReader;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.ReportContent;
import org.trackerreports.store.report.StoredReport;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** Every format is opened by a library that is not ours, and has the places and times that went in. */
class FormatsTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final String ODD_NAME = "=1+1, \"Käthe's\" <bike> & co";

    /** Where a sign, a rounding or an exponent would go wrong. */
    private static final List<StoredReport> REPORTS = List.of(
            report(NOON, 52.5170365, 13.3888599, 0xA0),
            report(NOON.plusSeconds(60), -17.7118677, 179.9999999, 0x20),
            report(NOON.plus(Duration.ofHours(7)), 0.0000001, -180, 0));

    private static StoredReport report(Instant time, double latitude, double longitude, int status) {
        return new StoredReport(
                OptionalLong.of(1),
                "key",
                time,
                new ReportContent(
                        Optional.of(new Position(latitude, longitude)),
                        2,
                        OptionalDouble.of(57),
                        OptionalInt.of(status),
                        Optional.empty(),
                        Set.of("b", "a"),
                        Optional.empty()),
                Optional.empty(),
                time.plusSeconds(5),
                new UUID(0, 1));
    }

    private static String write(ExportFormat format, Map<String, List<StoredReport>> reports) throws IOException {
        StringWriter out = new StringWriter();
        ReportFormatWriter writer = format.writer(out, Duration.ofHours(6), NOON);
        writer.begin();
        for (Map.Entry<String, List<StoredReport>> tracker : reports.entrySet()) {
            writer.tracker(tracker.getKey());
            for (StoredReport report : tracker.getValue()) {
                writer.report(report);
            }
        }
        writer.end();
        return out.toString();
    }

    @Test
    void csvQuotesGuardsAndKeepsItsHeader() throws Exception {
        String header =
                "tracker,event_time,published_time,received_time,lat,lon,accuracy_m,confidence,status,flags\r\n";
        assertThat(write(ExportFormat.CSV, Map.of())).isEqualTo(header);
        assertThat(write(ExportFormat.CSV, Map.of(ODD_NAME, REPORTS))).isEqualTo(header + """
            "'=1+1, ""Käthe's"" <bike> & co",2026-11-23T12:00:00Z,,2026-11-23T12:00:05Z,52.5170365,13.3888599,57,2,160,"a b"
            "'=1+1, ""Käthe's"" <bike> & co",2026-11-23T12:01:00Z,,2026-11-23T12:01:05Z,-17.7118677,179.9999999,57,2,32,"a b"
            "'=1+1, ""Käthe's"" <bike> & co",2026-11-23T19:00:00Z,,2026-11-23T19:00:05Z,0.0000001,-180,57,2,0,"a b"
            """.replace("\n", "\r\n"));
        for (String name : List.of("+1", "-1", "@x", "=x")) {
            assertThat(write(ExportFormat.CSV, Map.of(name, REPORTS))).contains("\r\n\"'" + name + "\",");
        }
    }

    @Test
    void geoJsonIsReadByJts() throws Exception {
        String text = write(ExportFormat.GEOJSON, Map.of(ODD_NAME, REPORTS));
        assertPlaces(new GeoJsonReader().read(text).getCoordinates());
        assertThat(text).contains("\"event_time\":\"2026-11-23T12:01:00Z\"", "\"flags\":[\"a\",\"b\"]");
        assertThat(new GeoJsonReader()
                        .read(write(ExportFormat.GEOJSON, Map.of()))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void eachLineOfGeoJsonLinesIsReadByItself() throws Exception {
        List<String> lines = write(ExportFormat.GEOJSONL, Map.of(ODD_NAME, REPORTS))
                .lines()
                .filter(line -> !line.isEmpty())
                .toList();
        Coordinate[] places = new Coordinate[lines.size()];
        for (int line = 0; line < places.length; line++) {
            places[line] = new GeoJsonReader().read(lines.get(line)).getCoordinate();
        }
        assertPlaces(places);
    }

    private static void assertPlaces(Coordinate[] places) {
        assertThat(places).hasSameSizeAs(REPORTS);
        for (int number = 0; number < places.length; number++) {
            Position expected = REPORTS.get(number).content().position().orElseThrow();
            assertThat(places[number].getX()).isCloseTo(expected.longitude(), within(1e-9));
            assertThat(places[number].getY()).isCloseTo(expected.latitude(), within(1e-9));
        }
    }

    @Test
    void gpxIsReadByJpxWithATrackForEachTrackerAndASegmentAfterEachGap() throws Exception {
        String text = write(ExportFormat.GPX, new java.util.TreeMap<>(Map.of(ODD_NAME, REPORTS, "B\uFFFE", List.of())));
        GPX gpx = GPX.Reader.of(GPX.Version.V11, GPX.Reader.Mode.STRICT)
                .read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        assertThat(gpx.getMetadata().orElseThrow().getTime()).contains(NOON);
        List<Track> tracks = gpx.getTracks();
        assertThat(tracks).extracting(track -> track.getName().orElseThrow()).containsExactly(ODD_NAME, "B\uFFFD");
        assertThat(tracks.get(0).getSegments())
                .extracting(segment -> segment.getPoints().size())
                .containsExactly(2, 1);
        List<WayPoint> points =
                tracks.get(0).segments().flatMap(TrackSegment::points).toList();
        for (int number = 0; number < REPORTS.size(); number++) {
            Position expected = REPORTS.get(number).content().position().orElseThrow();
            WayPoint point = points.get(number);
            assertThat(point.getLatitude().doubleValue()).isEqualTo(expected.latitude());
            assertThat(point.getLongitude().doubleValue()).isEqualTo(expected.longitude());
            assertThat(point.getTime()).contains(REPORTS.get(number).timestamp());
            assertThat(point.getHdop()).isEmpty();
            assertThat(point.getExtensions().orElseThrow().getDocumentElement().getTextContent())
                    .isEqualTo("572");
        }
    }

    /** The schema of GPX is in no library; {@code -Dgpx.schema} names a copy of topografix.com/GPX/1/1/gpx.xsd. */
    @Test
    void gpxKeepsToItsPublishedSchema() throws Exception {
        String file = System.getProperty("gpx.schema", "");
        assumeTrue(!file.isEmpty(), "no copy of the GPX 1.1 schema was named by -Dgpx.schema");
        validate(
                write(ExportFormat.GPX, Map.of(ODD_NAME, REPORTS, "Empty", List.of())),
                new StreamSource(Path.of(file).toFile()));
        validate(
                write(ExportFormat.GPX, Map.of()),
                new StreamSource(Path.of(file).toFile()));
    }

    @Test
    void kmlNamesEachReportByItsTimeAndDrawsALineUpToEachGap() throws Exception {
        String text = write(ExportFormat.KML, Map.of("Bike", REPORTS));
        assertThat(text)
                .contains(
                        "<name>2026-11-23 12:00:00 UTC</name>",
                        "<name>2026-11-23 12:01:00 UTC</name>",
                        "<name>2026-11-23 19:00:00 UTC</name>",
                        "<Placemark><name>Bike</name><LineString><tessellate>1</tessellate><coordinates>13.3888599,52.5170365"
                                + " 179.9999999,-17.7118677</coordinates></LineString>")
                .containsOnlyOnce("<LineString>");
    }

    /** Places are kept in memory until their line is written, so a line has an end even without a gap. */
    @Test
    void aLongLineOfKmlGoesOnInAnother() throws Exception {
        List<StoredReport> many = IntStream.range(0, 2_500)
                .mapToObj(minute -> report(NOON.plusSeconds(60L * minute), 1, 2, 0))
                .toList();
        String text = write(ExportFormat.KML, Map.of("Bike", many));
        assertThat(text.split("<LineString>", -1)).hasSize(4);
        assertThat(text.split("<Point>", -1)).hasSize(2_501);
    }

    @Test
    void kmlKeepsToItsPublishedSchema() throws Exception {
        // Each schema names the others by paths that do not hold inside the library, so they are given in order.
        String text = write(ExportFormat.KML, Map.of(ODD_NAME, REPORTS, "Empty", List.of()));
        Source[] schemas = {
            schema("bp-ogc/07-062/xAL/xAL.xsd"),
            schema("ogc/kml/2.2.0/atom-author-link.xsd"),
            schema("ogc/kml/2.2.0/ogckml22.xsd")
        };
        validate(text, schemas);
        validate(write(ExportFormat.KML, Map.of()), schemas);

        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Document document =
                factory.newDocumentBuilder().parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        assertThat(texts(document, "coordinates"))
                .as("each report, and a line through the two before the gap")
                .containsExactly(
                        "13.3888599,52.5170365",
                        "179.9999999,-17.7118677",
                        "13.3888599,52.5170365 179.9999999,-17.7118677",
                        "-180,0.0000001");
        assertThat(texts(document, "when"))
                .containsExactly("2026-11-23T12:00:00Z", "2026-11-23T12:01:00Z", "2026-11-23T19:00:00Z");
        assertThat(texts(document, "name")).contains(ODD_NAME);
    }

    private static List<String> texts(Document document, String element) {
        NodeList found = document.getElementsByTagNameNS("http://www.opengis.net/kml/2.2", element);
        return java.util.stream.IntStream.range(0, found.getLength())
                .mapToObj(number -> found.item(number).getTextContent())
                .toList();
    }

    private static Source schema(String path) {
        URL url = FormatsTest.class.getClassLoader().getResource(path);
        return new StreamSource(url.toExternalForm());
    }

    private static void validate(String text, Source... schemas) throws Exception {
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(schemas)
                .newValidator()
                .validate(new StreamSource(new StringReader(text)));
    }
}
