package org.trackerreports.systemtests.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.testsupport.JavaCommand;
import org.trackerreports.testsupport.TestProcess;

/**
 * Names beyond ASCII where the locale has ASCII only, as in cron and in services. A shell types them: this virtual machine may have such a
 * locale itself.
 */
@ExtendWith(WithToolWorld.class)
class PlainLocaleTest {

    private static final String NAME = "Zoës Fahrrad 🚲";
    private static final Path JAR = JavaCommand.packagedJar("../tools-app");

    private final ToolWorld world;

    @TempDir
    private Path directory;

    PlainLocaleTest(ToolWorld world) {
        this.world = world;
    }

    @BeforeEach
    void needsLocales() throws Exception {
        assumeThat(TestProcess.run(new ProcessBuilder("locale", "-a"), "", Duration.ofSeconds(10))
                        .out())
                .as("the locale C.UTF-8")
                .containsIgnoringCase("C.utf");
    }

    /** Java may not be able to name these files here. */
    @AfterEach
    void remove() {
        TestProcess.run(
                new ProcessBuilder("bash", "-c", "rm -rf -- \"$0\"/*", directory.toString()),
                "",
                Duration.ofSeconds(30));
    }

    /** The launcher with its own lines about the locale, without looking whether the programs have to be built. */
    private void launcher() throws IOException {
        Matcher lines = Pattern.compile("(?ms)^case \"\\$\\(locale charmap.*?^esac$")
                .matcher(Files.readString(Path.of("../findmy")));
        assertThat(lines.find()).as("what the launcher does about the locale").isTrue();
        Path file = Files.writeString(
                directory.resolve("findmy"),
                "#!/usr/bin/env bash\n" + lines.group() + "\nexec " + JavaCommand.program("java")
                        + " -XX:TieredStopAtLevel=1 -jar " + JAR + " \"$@\"\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private TestProcess.Result typed(ToolProcess tool, String script) throws IOException {
        Path file = Files.writeString(directory.resolve("script"), "set -e\n" + script);
        ProcessBuilder builder = tool.builder().command("bash", file.toString()).directory(directory.toFile());
        builder.environment().putAll(Map.of("LC_ALL", "C", "LANG", "C"));
        return TestProcess.run(builder, "", Duration.ofSeconds(180));
    }

    @Test
    void emojiAndUmlautsGoThroughCommandsAndExports() throws Exception {
        launcher();
        Files.copy(world.newTag("plain-locale", 48.1, 11.5, UnaryOperator.identity()), directory.resolve("plain.keys"));

        TestProcess.Result result = typed(world.tool(), """
                mkdir 'Käthes Daten'
                cp plain.keys 'Käthes Daten/Schlüssel für Zoë.keys'
                ./findmy keys inspect 'Käthes Daten/Schlüssel für Zoë.keys'
                ./findmy trackers import 'Käthes Daten/Schlüssel für Zoë.keys' --list
                ./findmy trackers rename 'Schlüssel für Zoë' 'Zoës Fahrrad 🚲'
                ./findmy trackers label 'Zoës Fahrrad 🚲' --set 'Besitzerin=Zoë Müller'
                ./findmy trackers list --label 'Besitzerin=Zoë Müller'
                ./findmy fetch 'Zoës Fahrrad 🚲' --wait --quiet
                ./findmy latest 'Zoës Fahrrad 🚲' --json
                for format in csv geojson geojsonl gpx kml; do
                    ./findmy export 'Zoës Fahrrad 🚲' --format $format -o "Käthes Daten/Fahrrad 🚲.$format"
                    echo "== $format"
                    cat "Käthes Daten/Fahrrad 🚲.$format"
                done
                ./findmy map 'Zoës Fahrrad 🚲' -o 'Käthes Daten/Landkarte ö.html'
                echo "== map"
                grep -F -m 1 -o 'Zoës Fahrrad 🚲' 'Käthes Daten/Landkarte ö.html'
                ./findmy trackers export 'Zoës Fahrrad 🚲' --yes -o 'Käthes Schlüssel'
                echo "== keys"
                ls 'Käthes Schlüssel'
                ./findmy keys inspect 'Käthes Schlüssel'/*
                """);

        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.out() + result.err()).doesNotContain("\uFFFD", "Exception");
        String[] parts = result.out().split("== [a-z]+\n");
        assertThat(parts).hasSize(8);
        assertThat(parts[0])
                .contains("imported Schlüssel für Zoë", "is now called " + NAME, "Besitzerin=Zoë Müller")
                .contains("\"" + NAME + "\"");
        assertThat(List.of(parts).subList(1, 8))
                .allSatisfy(part -> assertThat(part).contains(NAME));
    }

    @Test
    void theServersOfADirectoryWithUmlautsAndBlanksStart() throws Exception {
        launcher();
        Files.copy(world.newTag("plain-data", 48.1, 11.5, UnaryOperator.identity()), directory.resolve("plain.keys"));

        TestProcess.Result result = typed(world.embedded(directory), """
                export DATA_DIR="$PWD/Käthes Daten für 🚲"
                cp plain.keys 'Schlüssel.keys'
                ./findmy trackers import 'Schlüssel.keys'
                ./findmy trackers list
                test -f 'Käthes Daten für 🚲/master.key'
                """);

        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.out()).contains("1 imported", "Schlüssel");
    }

    /** Nothing that the program sees is left of such a name, so all it can do is to say what helps. */
    @Test
    void withoutTheLauncherAMistakeSaysWhatHelps() throws Exception {
        String java = JavaCommand.program("java") + " -XX:TieredStopAtLevel=1 -jar " + JAR;
        TestProcess.Result result = typed(world.tool(), "exec " + java + " keys inspect 'Schlüssel.keys'");
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(2);
        assertThat(result.err().lines()).hasSize(2);
        assertThat(result.err()).contains("LC_ALL=C.UTF-8").doesNotContain("Exception");
    }
}
