package org.trackerreports.systemtests.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenetics.jpx.GPX;
import io.jenetics.jpx.Track;
import io.jenetics.jpx.WayPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.io.geojson.GeoJsonReader;
import org.trackerreports.systemtests.tools.ToolProcess.Ended;

/** {@code export -o}: the files that the program writes are opened by others, and are where they belong. */
@ExtendWith(WithToolWorld.class)
class ExportedFilesTest {

    /** What CSV, XML, JSON, a shell and a spreadsheet each have something against. */
    private static final String ODD_NAME = "=SUM(A1), \"Käthe's\" <Rad> & Co 🚲";

    private final ToolWorld world;
    private Instant midnight;

    @TempDir
    private Path directory;

    ExportedFilesTest(ToolWorld world) {
        this.world = world;
    }

    /** One for all tests of this class. */
    @BeforeEach
    void aTracker() throws IOException {
        midnight = HistoryCommandsTest.dayBeforeYesterday();
        if (world.store().trackers().find(ODD_NAME).isEmpty()) {
            HistoryCommandsTest.aDayOf(world, "Oddly named", midnight);
            long id = world.store().trackers().find("Oddly named").orElseThrow().id();
            world.store().trackers().rename(id, ODD_NAME);
        }
    }

    private Path exported(String format) {
        Path file = directory.resolve("out." + format);
        Ended ended = world.tool("export", ODD_NAME, "--format", format, "-o", file.toString())
                .done();
        assertThat(ended.out()).isEmpty();
        return file;
    }

    /** The longitude of a half hour of that day; see {@link HistoryCommandsTest#aDayOf}. */
    private static double longitude(int half) {
        return 13.4 - half / 500.0;
    }

    @Test
    void gpxIsOpenedByJpx() throws Exception {
        Path file = exported("gpx");
        GPX gpx = GPX.Reader.of(GPX.Version.V11, GPX.Reader.Mode.STRICT).read(file);
        Track track = gpx.getTracks().get(0);
        assertThat(track.getName()).contains(ODD_NAME);
        assertThat(track.getSegments())
                .extracting(segment -> segment.getPoints().size())
                .containsExactly(12, 12);
        List<WayPoint> points =
                track.segments().flatMap(segment -> segment.points()).toList();
        assertThat(points.get(0).getTime()).contains(midnight.plus(Duration.ofMinutes(30)));
        assertThat(points.get(0).getLongitude().doubleValue()).isEqualTo(longitude(1), within(1e-7));
        assertThat(points.get(23).getTime()).contains(midnight.plus(Duration.ofMinutes(30 * 47)));
    }

    @Test
    void kmlKeepsToItsPublishedSchema() throws Exception {
        Path file = exported("kml");
        validate(
                file,
                schema("bp-ogc/07-062/xAL/xAL.xsd"),
                schema("ogc/kml/2.2.0/atom-author-link.xsd"),
                schema("ogc/kml/2.2.0/ogckml22.xsd"));
        assertThat(Files.readString(file)).contains("<when>" + midnight.plus(Duration.ofMinutes(30)) + "</when>");
    }

    private static Source schema(String path) {
        return new StreamSource(
                ExportedFilesTest.class.getClassLoader().getResource(path).toExternalForm());
    }

    private static void validate(Path file, Source... schemas) throws Exception {
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(schemas)
                .newValidator()
                .validate(new StreamSource(file.toFile()));
    }

    @Test
    void geoJsonIsOpenedByJts() throws Exception {
        Path file = exported("geojson");
        Coordinate[] places = new GeoJsonReader().read(Files.readString(file)).getCoordinates();
        assertThat(places).hasSize(24);
        assertThat(places[0].getX()).isEqualTo(longitude(1), within(1e-7));
        JsonNode first = new ObjectMapper().readTree(file.toFile()).at("/features/0/properties");
        assertThat(first.get("tracker").asText()).isEqualTo(ODD_NAME);

        List<String> lines = Files.readAllLines(exported("geojsonl"));
        assertThat(lines)
                .filteredOn(line -> !line.isEmpty())
                .hasSize(24)
                .allSatisfy(line -> assertThat(new GeoJsonReader().read(line).getNumPoints())
                        .isEqualTo(1));
    }

    @Test
    void aLinkStaysAndAPipeIsWrittenTo() throws Exception {
        assumeThat(Files.exists(Path.of("/dev/full")))
                .as("devices and named pipes")
                .isTrue();
        Path real = Files.writeString(directory.resolve("real.csv"), "before");
        Path link = Files.createSymbolicLink(directory.resolve("link.csv"), real);
        world.tool("export", ODD_NAME, "--format", "csv", "-o", link.toString()).done();
        assertThat(link).isSymbolicLink();
        assertThat(Files.readAllLines(real)).hasSize(25);

        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Path read = directory.resolve("read");
        Process reader = new ProcessBuilder("cat", pipe.toString())
                .redirectOutput(read.toFile())
                .start();
        try {
            world.tool("export", ODD_NAME, "--format", "csv", "-o", pipe.toString())
                    .done();
            assertThat(reader.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            reader.destroyForcibly();
        }
        assertThat(Files.readAllLines(read)).hasSize(25);
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).noneMatch(file -> file.toString().endsWith(".part"));
        }
    }
}
