package org.trackerreports.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the portal of Maven Central demands of a bundle, and what users expect of a library. */
class BundleTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String VERSION = System.getProperty("version");
    private static final String BOM = "tracker-reports-bom";

    /** The published libraries, and where their sources are. */
    private static final Map<String, Path> LIBRARIES = new TreeMap<>(Map.of(
            "findmy-client", ROOT.resolve("findmy-client"),
            "report-store", ROOT.resolve("report-store"),
            "tracker-queue", ROOT.resolve("tracker-queue"),
            "movement", ROOT.resolve("movement"),
            "position-server", ROOT.resolve("position-server"),
            "position-sinks", ROOT.resolve("position-sinks"),
            "findmy-simulator", ROOT.resolve("examples/findmy-simulator")));

    private static final List<String> JARS = List.of(".jar", "-sources.jar", "-javadoc.jar");
    private static final String SBOM = "-cyclonedx.json";
    private static final Bundle BUNDLE = Bundle.made();

    /** The libraries of this release. Those that did not change are published already, with another version. */
    static List<String> released() throws Exception {
        Pom root = Pom.parse(Files.readAllBytes(ROOT.resolve("pom.xml")));
        return LIBRARIES.keySet().stream()
                .filter(name -> root.text("properties/" + name + ".version")
                        .orElseThrow()
                        .equals(VERSION))
                .toList();
    }

    static List<String> releasedAndBom() throws Exception {
        return Stream.concat(released().stream(), Stream.of(BOM)).toList();
    }

    @Test
    void holdsTheLibrariesOfThisReleaseAndNothingElse() throws Exception {
        Set<String> folders = BUNDLE.files().keySet().stream()
                .map(path -> path.substring(0, path.lastIndexOf('/')))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(folders)
                .isEqualTo(releasedAndBom().stream()
                        .map(name -> "org/trackerreports/" + name + "/" + VERSION)
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertThat(VERSION).doesNotContain("SNAPSHOT");
    }

    @ParameterizedTest
    @MethodSource("releasedAndBom")
    void hasAllFilesOfAnArtifact(String name) {
        Set<String> expected = new TreeSet<>(name.equals(BOM) ? List.of() : JARS);
        expected.addAll(List.of(".pom", SBOM));
        Set<String> artifacts = new TreeSet<>(filesOf(name).keySet());
        artifacts.removeIf(file -> file.matches(".*\\.(md5|sha1|asc)"));
        assertThat(artifacts).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("releasedAndBom")
    void hasAPomThatStandsAlone(String name) throws Exception {
        byte[] xml = filesOf(name).get(".pom");
        Pom pom = Pom.parse(xml);
        for (String demanded : List.of(
                "name",
                "description",
                "url",
                "licenses/license/name",
                "licenses/license/url",
                "developers/developer/name",
                "scm/connection",
                "scm/developerConnection",
                "scm/url")) {
            assertThat(pom.text(demanded)).as("%s of %s", demanded, name).isPresent();
        }
        assertThat(pom.text("url"))
                .as("not the parent's with the name of the module")
                .isEqualTo(pom.text("scm/url"));
        assertThat(pom.text("groupId")).hasValue("org.trackerreports");
        assertThat(pom.text("artifactId")).hasValue(name);
        assertThat(pom.text("version")).hasValue(VERSION);
        for (String unwanted :
                List.of("parent", "properties", "repositories", "build", "profiles", "distributionManagement")) {
            assertThat(pom.text(unwanted)).as("%s of %s", unwanted, name).isEmpty();
        }
        assertThat(new String(xml, UTF_8)).doesNotContain("${").doesNotContain("SNAPSHOT");
        assertThat(pom.dependencies("dependencies")).allSatisfy(dependency -> {
            assertThat(dependency.version()).as(dependency.artifact()).isNotEmpty();
            assertThat(dependency.scope()).isNotEqualTo("test");
        });
    }

    @Test
    void theBillOfMaterialsNamesAllLibraries() throws Exception {
        Pom root = Pom.parse(Files.readAllBytes(ROOT.resolve("pom.xml")));
        Pom pom = Pom.parse(filesOf(BOM).get(".pom"));
        assertThat(pom.dependencies("dependencies")).isEmpty();
        Map<String, String> managed = pom.dependencies("dependencyManagement/dependencies").stream()
                .collect(Collectors.toMap(Pom.Dependency::artifact, Pom.Dependency::version));
        assertThat(managed.keySet()).isEqualTo(LIBRARIES.keySet());
        managed.forEach((name, version) ->
                assertThat(root.text("properties/" + name + ".version")).hasValue(version));
    }

    @ParameterizedTest
    @MethodSource("released")
    void hasAJarWithLicenceAndModule(String name) throws Exception {
        Map<String, byte[]> jar = Bundle.unzip(filesOf(name).get(".jar"));
        for (String text : List.of("LICENSE", "NOTICE")) {
            assertThat(jar.get("META-INF/" + text)).as(text).isEqualTo(Files.readAllBytes(ROOT.resolve(text)));
        }
        if (Files.exists(sources(name).resolve("module-info.java"))) {
            assertThat(jar).containsKey("module-info.class");
        } else {
            assertThat(new String(jar.get("META-INF/MANIFEST.MF"), UTF_8)).contains("Automatic-Module-Name: ");
        }
        assertThat(jar.keySet())
                .as("nothing of other projects")
                .allMatch(file -> !file.endsWith(".class")
                        || file.equals("module-info.class")
                        || file.startsWith("org/trackerreports/"));
    }

    @ParameterizedTest
    @MethodSource("released")
    void hasAllSources(String name) throws Exception {
        Map<String, byte[]> jar = Bundle.unzip(filesOf(name).get("-sources.jar"));
        for (Path source : javaFiles(name)) {
            String path = sources(name).relativize(source).toString().replace('\\', '/');
            assertThat(jar.get(path)).as(path).isEqualTo(Files.readAllBytes(source));
        }
    }

    /** The index that Javadoc writes has each package that it documents; a package has pages of its types. */
    @ParameterizedTest
    @MethodSource("released")
    void hasJavadocOfAllPublicPackages(String name) throws Exception {
        Map<String, byte[]> jar = Bundle.unzip(filesOf(name).get("-javadoc.jar"));
        Set<String> documented = new String(jar.get("element-list"), UTF_8)
                .lines()
                .filter(line -> !line.startsWith("module:"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented).isNotEmpty();
        Path module = sources(name).resolve("module-info.java");
        if (Files.exists(module)) {
            assertThat(documented)
                    .isEqualTo(Files.readString(module)
                            .lines()
                            .map(String::strip)
                            .filter(line -> line.startsWith("exports "))
                            .map(line -> line.substring("exports ".length(), line.length() - 1))
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
        for (String exported : documented) {
            assertThat(jar.keySet())
                    .as(exported)
                    .anyMatch(file -> file.endsWith(exported.replace('.', '/') + "/package-summary.html"));
        }
    }

    @ParameterizedTest
    @MethodSource("releasedAndBom")
    void hasAListOfAllThatItDependsOn(String name) throws Exception {
        JsonNode sbom = new ObjectMapper().readTree(filesOf(name).get(SBOM));
        assertThat(sbom.path("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(sbom.at("/metadata/component/purl").asText())
                .startsWith("pkg:maven/org.trackerreports/" + name + "@" + VERSION);
        assertThat(sbom.at("/metadata/timestamp").isMissingNode())
                .as("the time of the build")
                .isTrue();
        Set<String> named = new TreeSet<>();
        for (JsonNode component : sbom.path("components")) {
            named.add(component.path("purl").asText().replaceAll("\\?.*", ""));
        }
        List<String> expected = Pom.parse(filesOf(name).get(".pom")).dependencies("dependencies").stream()
                .filter(Pom.Dependency::passedOn)
                .map(Pom.Dependency::packageUrl)
                .toList();
        assertThat(named).containsAll(expected);
        if (!name.equals(BOM) && !name.equals("movement")) {
            assertThat(expected).isNotEmpty();
        }
    }

    @Test
    void everyFileHasItsChecksums() throws Exception {
        for (Map.Entry<String, byte[]> file : BUNDLE.files().entrySet()) {
            if (file.getKey().matches(".*\\.(md5|sha1|asc)")) {
                continue;
            }
            for (Map.Entry<String, String> kind :
                    Map.of(".md5", "MD5", ".sha1", "SHA-1").entrySet()) {
                assertThat(BUNDLE.files().get(file.getKey() + kind.getKey()))
                        .as(file.getKey() + kind.getKey())
                        .asString(UTF_8)
                        .isEqualTo(HexFormat.of()
                                .formatHex(MessageDigest.getInstance(kind.getValue())
                                        .digest(file.getValue())));
            }
        }
    }

    @Test
    void everyFileIsSignedIfThereIsAKey() throws Exception {
        String key = System.getenv("MAVEN_GPG_KEY");
        for (Map.Entry<String, byte[]> file : BUNDLE.files().entrySet()) {
            if (file.getKey().matches(".*\\.(md5|sha1|asc)")) {
                continue;
            }
            byte[] signature = BUNDLE.files().get(file.getKey() + ".asc");
            if (key == null) {
                assertThat(signature)
                        .as("a signature without a key: %s", file.getKey())
                        .isNull();
            } else {
                assertThat(signature).as(file.getKey()).isNotNull();
                assertThat(Signatures.valid(file.getValue(), signature, key))
                        .as(file.getKey())
                        .isTrue();
            }
        }
    }

    private static Map<String, byte[]> filesOf(String name) {
        return BUNDLE.filesOf(name, VERSION);
    }

    private static Path sources(String name) {
        return LIBRARIES.get(name).resolve("src/main/java");
    }

    private static List<Path> javaFiles(String name) {
        try (Stream<Path> files = Files.walk(sources(name))) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(found).isNotEmpty();
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
