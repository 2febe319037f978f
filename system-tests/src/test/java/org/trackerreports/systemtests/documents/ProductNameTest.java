package org.trackerreports.systemtests.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The product has one name wherever a person reads it, and one form of it for machines. */
class ProductNameTest {

    private static final String NAME = "Tracker report fetching";
    private static final String FOR_MACHINES = "tracker-report-fetching";

    /** The name in any spelling. */
    private static final Pattern ANY = Pattern.compile("(?i)tracker[\\s_-]*reports?[\\s_-]*fetch\\w*");

    private static final Pattern TITLE = Pattern.compile("<title>([^<]*)</title>");
    private static final Pattern OF_UNIT = Pattern.compile("(?m)^Description=(.*)$");
    private static final Pattern OF_MANUAL = Pattern.compile("^\\.TH [A-Z\\\\-]+ 1 \"\" \"(.*)\"\n");
    private static final Set<String> TESTS = Set.of("test");

    @Test
    void noFileHasAnotherSpelling() throws IOException {
        Map<String, String> others = new TreeMap<>();
        int found = 0;
        for (Path file : ProjectFiles.outside(TESTS)) {
            for (String name :
                    ANY.matcher(text(file)).results().map(each -> each.group()).toList()) {
                found++;
                if (!Set.of(NAME, FOR_MACHINES).contains(name.replaceAll("\\s+", " "))) {
                    others.put(ProjectFiles.ROOT.relativize(file).toString(), name);
                }
            }
        }
        assertThat(others).isEmpty();
        assertThat(found).isGreaterThan(50);
    }

    @Test
    void theNameStandsWhereAPersonLooksForIt() throws IOException {
        List<String> places = new ArrayList<>();
        for (Path file : ProjectFiles.outside(TESTS)) {
            String path = ProjectFiles.ROOT.relativize(file).toString();
            Pattern place = path.endsWith(".html")
                    ? TITLE
                    : path.endsWith(".service") ? OF_UNIT : path.matches(".*/man/.*\\.1") ? OF_MANUAL : null;
            if (place != null) {
                String titles = String.join(
                        " ",
                        place.matcher(text(file))
                                .results()
                                .map(each -> each.group(1))
                                .toList());
                assertThat(titles).as(path).contains(NAME);
                places.add(path);
            }
        }
        assertThat(places).hasSizeGreaterThanOrEqualTo(11);
        assertThat(lines("README.md")).first().isEqualTo("# " + NAME);
        assertThat(lines("distribution/src/files/README.md")).first().isEqualTo("# " + NAME);
        assertThat(lines("docs/README.md")).first().asString().endsWith(NAME);
        assertThat(lines("NOTICE")).first().isEqualTo(NAME);
        assertThat(lines("pom.xml")).contains("  <name>" + NAME + "</name>");
        assertThat(lines("distribution/src/deb/control/control")).anyMatch(line -> line.startsWith(" " + NAME));
        assertThat(title(
                        "position-server/src/main/resources/org/trackerreports/server/internal/api/openapi.json",
                        "/info/title"))
                .isEqualTo(NAME);
        assertThat(title("examples/deployment/container/grafana/dashboard.json", "/title"))
                .isEqualTo(NAME);
    }

    @Test
    void otherProgramsAreToldTheName() throws IOException {
        String main = "src/main/java/org/trackerreports/";
        for (String source : List.of(
                "position-sinks/" + main + "sinks/homeassistant/Discovery.java",
                "position-server/" + main + "server/internal/api/GpxOutput.java",
                "tools-app/" + main + "tools/export/GpxWriter.java",
                "tools-app/" + main + "tools/maintenance/ManPage.java")) {
            assertThat(text(ProjectFiles.ROOT.resolve(source))).as(source).contains("\"" + NAME + "\"");
        }
        assertThat(text(ProjectFiles.ROOT.resolve("position-sinks/" + main + "sinks/internal/http/HttpSender.java")))
                .contains("\"" + FOR_MACHINES + "\"");
    }

    private static String title(String file, String pointer) throws IOException {
        return new ObjectMapper()
                .readTree(text(ProjectFiles.ROOT.resolve(file)))
                .at(pointer)
                .asText();
    }

    private static List<String> lines(String file) throws IOException {
        return Files.readAllLines(ProjectFiles.ROOT.resolve(file));
    }

    /** The text of a file, or nothing if it is not a text. */
    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (MalformedInputException e) {
            return "";
        }
    }
}
