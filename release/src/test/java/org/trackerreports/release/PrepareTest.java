package org.trackerreports.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which library gets a new version, and what names it. The project has the form of this one: a root, three libraries, an example. */
class PrepareTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 12, 24);

    @TempDir
    Path project;

    @BeforeEach
    void makeProject() throws Exception {
        write("pom.xml", """
            <artifactId>tracker-report-fetching</artifactId>
            <version>0.1.0-SNAPSHOT</version>
            <module>store</module><module>server</module><module>examples/game</module>
            <project.build.outputTimestamp>2026-11-01T00:00:00Z</project.build.outputTimestamp>
            <jetty.version>12.0.0</jetty.version>
            <store.version>0.1.0-SNAPSHOT</store.version>
            <server.version>0.1.0-SNAPSHOT</server.version>
            <game.version>0.1.0-SNAPSHOT</game.version>
            <dependency><groupId>org.jetty</groupId><artifactId>jetty</artifactId><version>${jetty.version}</version></dependency>
            <dependency><groupId>org.junit</groupId><artifactId>junit</artifactId><version>6.0.0</version></dependency>
            """);
        library(
                "store",
                "<dependency><groupId>org.junit</groupId><artifactId>junit</artifactId><scope>test</scope></dependency>");
        library(
                "server",
                "<dependency><groupId>org.trackerreports</groupId><artifactId>store</artifactId></dependency>");
        library("examples/game", "<dependency><groupId>org.jetty</groupId><artifactId>jetty</artifactId></dependency>");
        write("distribution/src/deb/control/control", "Maintainer: The authors <authors@example.com>\n");
        write("README.md", """
            <artifactId>store</artifactId>
            <version>0.1.0-SNAPSHOT</version>
            org.trackerreports:server:0.1.0-SNAPSHOT, findmy-fetcher:0.1.0, findmy_0.1.0_all.deb, tracker-reports-0.1.0.tar.gz, <artifactId>store-of-others</artifactId><version>7</version>
            """);
        write("CHANGELOG.md", "# Changelog\n\n## Unreleased\n\n* All.\n");
        git("init", "-q");
        commit();
    }

    @Test
    void theFirstReleaseHasAllLibraries() throws Exception {
        assertThat(prepare("0.2.0")).containsExactly("store 0.2.0", "server 0.2.0", "game 0.2.0");
        assertThat(read("README.md")).isEqualTo("""
            <artifactId>store</artifactId>
            <version>0.2.0</version>
            org.trackerreports:server:0.2.0, findmy-fetcher:0.2.0, findmy_0.2.0_all.deb, tracker-reports-0.2.0.tar.gz, <artifactId>store-of-others</artifactId><version>7</version>
            """);
        assertThat(read("pom.xml"))
                .contains("<version>0.2.0</version>", "<jetty.version>12.0.0<", ">2026-12-24T00:00:00Z<");
        assertThat(read("CHANGELOG.md")).isEqualTo("# Changelog\n\n## 0.2.0 - 2026-12-24\n\n* All.\n");
        assertThat(read("pom.xml") + read("store/pom.xml") + read("examples/game/pom.xml"))
                .doesNotContain("SNAPSHOT");
    }

    @Test
    void theNextVersionIsThatOfAllLibraries() throws Exception {
        release();
        assertThat(prepare("0.3.0-SNAPSHOT"))
                .containsExactly("store 0.3.0-SNAPSHOT", "server 0.3.0-SNAPSHOT", "game 0.3.0-SNAPSHOT");
        assertThat(read("CHANGELOG.md")).isEqualTo("# Changelog\n\n## Unreleased\n\n## 0.2.0 - 2026-12-24\n\n* All.\n");
        assertThat(read("README.md")).contains("<version>0.3.0-SNAPSHOT<", "findmy-fetcher:0.2.0");
    }

    @Test
    void aLibraryThatDidNotChangeKeepsItsVersion() throws Exception {
        developAfterRelease();
        write("examples/game/src/main/java/Game.java", "class Game {}");
        write("store/src/test/java/StoreTest.java", "class StoreTest {}");
        commit();
        assertThat(prepare("0.3.0"))
                .containsExactly("store 0.2.0, as published", "server 0.2.0, as published", "game 0.3.0");
        assertThat(read("store/pom.xml")).contains("<version>0.3.0</version>", "<version>0.2.0</version>");
        assertThat(read("README.md")).contains("<version>0.2.0<");
    }

    @Test
    void whatDependsOnAChangedLibraryChanges() throws Exception {
        developAfterRelease();
        write("store/src/main/java/Store.java", "class Store {}");
        commit();
        assertThat(prepare("0.3.0")).containsExactly("store 0.3.0", "server 0.3.0", "game 0.2.0, as published");
    }

    @Test
    void aNewVersionOfSomeoneElsesLibraryChangesThoseThatPassItOn() throws Exception {
        developAfterRelease();
        write("pom.xml", read("pom.xml").replace("12.0.0", "12.1.0").replace("6.0.0", "6.1.0"));
        commit();
        assertThat(prepare("0.3.0"))
                .containsExactly("store 0.2.0, as published", "server 0.2.0, as published", "game 0.3.0");
    }

    @Test
    void namedLibrariesAreTakenAsTheyAre() throws Exception {
        developAfterRelease();
        assertThat(prepare("0.3.0", "store"))
                .containsExactly("store 0.3.0", "server 0.2.0, as published", "game 0.2.0, as published");
    }

    @Test
    void refusesWhatIsNoVersionOrNoLibrary() throws Exception {
        assertThat(prepare("2")).first().asString().startsWith("Usage: release/prepare VERSION");
        assertThat(prepare("0.2.0", "shop")).containsExactly("Found [shop]; expected some of [store, server, game]");
        assertThat(read("pom.xml")).contains("SNAPSHOT");
    }

    @Test
    void refusesAReleaseWithAddressesThatAreNotDecided() throws Exception {
        write("pom.xml", read("pom.xml") + "<url>https://home.invalid/</url>\n");
        write("distribution/src/deb/control/control", "Maintainer: The authors <authors@home.invalid>\n");
        commit();
        assertThat(prepare("0.2.0"))
                .hasSize(3)
                .startsWith(
                        "pom.xml: <url>https://home.invalid/</url>",
                        "distribution/src/deb/control/control: Maintainer: The authors <authors@home.invalid>")
                .last()
                .asString()
                .contains("docs/releasing.md");
        assertThat(read("pom.xml")).contains("SNAPSHOT");
        assertThat(prepare("0.2.0", "--rehearsal")).hasSize(3).contains("store 0.2.0");
        assertThat(prepare("0.3.0-SNAPSHOT")).contains("store 0.3.0-SNAPSHOT");
    }

    private void release() throws Exception {
        prepare("0.2.0");
        commit();
        git("tag", "v0.2.0");
    }

    private void developAfterRelease() throws Exception {
        release();
        prepare("0.3.0-SNAPSHOT");
        commit();
    }

    private List<String> prepare(String... arguments) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Prepare.run(project, List.of(arguments), TODAY, new PrintStream(out, true, UTF_8));
        return out.toString(UTF_8)
                .lines()
                .map(line -> line.replaceAll(" +", " "))
                .toList();
    }

    private void library(String folder, String dependency) throws IOException {
        write(folder + "/pom.xml", """
            <artifactId>tracker-report-fetching</artifactId>
            <version>0.1.0-SNAPSHOT</version>
            <artifactId>%s</artifactId>
            <version>0.1.0-SNAPSHOT</version>
            %s
            """.formatted(folder.substring(folder.lastIndexOf('/') + 1), dependency));
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(project.resolve(file).getParent());
        Files.writeString(project.resolve(file), text);
    }

    private String read(String file) throws IOException {
        return Files.readString(project.resolve(file));
    }

    private void commit() throws Exception {
        git("add", "-A");
        git("-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "-q", "-m", "Change");
    }

    private void git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(project.toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).as(command.toString()).isZero();
    }
}
