package org.trackerreports.systemtests.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever names a version of this project names the one in the root pom. release/prepare changes them together. */
class VersionsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern VERSION_OF =
            Pattern.compile("<artifactId>([a-z-]+)</artifactId>\\s*<version>(\\d[^<]*)</version>");
    private static final Pattern PROPERTY = Pattern.compile("<([a-z-]+)\\.version>([^<]+)</\\1\\.version>");
    private static final Pattern COORDINATE = Pattern.compile("org\\.trackerreports:([a-z-]+):(\\d[\\w.-]*\\w)");
    private static final Pattern PACKAGE =
            Pattern.compile("\\b(?:findmy[a-z-]*[:_]|tracker-reports-)(\\d+\\.\\d+\\.\\d+)");

    @Test
    void everyFileNamesTheVersionsOfTheRootPom() throws IOException {
        Map<String, String> versions = versions();
        assertThat(versions).hasSizeGreaterThan(15);
        Map<String, String> wrong = new TreeMap<>();
        int named = 0;
        for (Path file : texts()) {
            String text = Files.readString(file);
            for (Pattern pattern : new Pattern[] {VERSION_OF, COORDINATE}) {
                Matcher found = pattern.matcher(text);
                while (found.find()) {
                    String expected = versions.get(found.group(1));
                    if (expected != null) {
                        named++;
                        if (!expected.equals(found.group(2))) {
                            wrong.put(ROOT.relativize(file) + ": " + found.group(1), found.group(2));
                        }
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(named).isGreaterThan(25);
    }

    @Test
    void everyImageArchiveAndPackageIsOfOneRelease() throws IOException {
        String version = versions().get("tracker-report-fetching");
        Map<String, String> packages = new TreeMap<>();
        for (Path file : texts()) {
            PACKAGE.matcher(Files.readString(file))
                    .results()
                    .forEach(found -> packages.put(ROOT.relativize(file) + " at " + found.start(), found.group(1)));
        }
        assertThat(packages.values().stream().distinct()).hasSizeLessThanOrEqualTo(1);
        if (!version.endsWith("-SNAPSHOT")) {
            assertThat(packages.values()).allMatch(version::equals);
        }
    }

    /** The version of each artifact: the libraries' own, and that of the project for all others. */
    private static Map<String, String> versions() throws IOException {
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        String project = first(VERSION_OF, pom).orElseThrow();
        Map<String, String> versions = new TreeMap<>();
        versions.put("tracker-report-fetching", project);
        versions.put("tracker-reports-bom", project);
        Pattern.compile("<module>(?:[^<]*/)?([a-z-]+)</module>")
                .matcher(pom)
                .results()
                .forEach(module -> versions.put(module.group(1), project));
        PROPERTY.matcher(pom).results().forEach(property -> versions.replace(property.group(1), property.group(2)));
        return versions;
    }

    private static Optional<String> first(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(2)).findFirst();
    }

    private static Iterable<Path> texts() throws IOException {
        try (Stream<Path> files = Files.find(
                ROOT,
                8,
                (file, attributes) -> attributes.isRegularFile()
                        && file.getFileName().toString().matches(".*\\.(xml|md|ya?ml)|Dockerfile")
                        && !ROOT.relativize(file)
                                .toString()
                                .matches("(.*[/\\\\])?(target|node_modules|\\.git|test)[/\\\\].*"))) {
            return files.toList();
        }
    }
}
