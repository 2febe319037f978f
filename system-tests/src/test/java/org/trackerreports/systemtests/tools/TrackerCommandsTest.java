package org.trackerreports.systemtests.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.secret.Secret;
import org.trackerreports.store.tracker.Alignment;
import org.trackerreports.store.tracker.NewTracker;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.systemtests.tools.ToolProcess.Ended;

/** {@code trackers …}. */
@ExtendWith(WithToolWorld.class)
class TrackerCommandsTest {

    private final ToolWorld world;

    @TempDir
    private Path directory;

    TrackerCommandsTest(ToolWorld world) {
        this.world = world;
    }

    /** The private key in a key file of the world. */
    private String newKey(String name) throws Exception {
        Path file = world.newTag(name, 1, 2, UnaryOperator.identity());
        return Files.readAllLines(file).get(0).replace("Private key: ", "");
    }

    @Test
    void anImportTellsWhatWasTakenWasThereAndWasRefused() throws Exception {
        String first = newKey("import-1");
        Path csv = Files.writeString(
                directory.resolve("trackers.csv"),
                "name,kind,private_keys,label:client\n"
                        + "import-1,static," + first + ",acme\n"
                        + "\"import, 2\",list," + newKey("import-2") + " " + newKey("import-3") + ",\n"
                        + "import-4,accessory," + newKey("import-4") + ",\n");
        Ended dry = world.tool("trackers", "import", csv.toString(), "--dry-run");
        assertThat(dry.exitCode()).isEqualTo(ExitCode.PARTLY_FAILED);
        assertThat(dry.out()).contains("would import import-1", "2 would be imported, 0 already there, 1 refused.");
        assertThat(world.store().trackers().find("import-1")).isEmpty();

        Ended taken = world.tool("trackers", "import", csv.toString());
        assertThat(taken.exitCode()).isEqualTo(ExitCode.PARTLY_FAILED);
        assertThat(taken.out()).contains("2 imported, 0 already there, 1 refused.");
        assertThat(taken.err()).contains("line 4 (import-4)", "says kind 'accessory'");
        Tracker stored = world.store().trackers().find("import, 2").orElseThrow();
        assertThat(stored.kind()).isEqualTo("list");
        assertThat(world.store().trackers().hashedKeys(stored.id())).hasSize(2);
        assertThat(world.store().trackers().find("import-1").orElseThrow().labels())
                .containsEntry("client", "acme");

        Path other = Files.writeString(
                directory.resolve("other.csv"), "name,private_keys\nimport-1," + first + "\nimport-5," + first + "\n");
        Ended again = world.tool("trackers", "import", other.toString(), "--json");
        assertThat(again.exitCode()).isEqualTo(ExitCode.PARTLY_FAILED);
        JsonNode json = again.json();
        assertThat(json.get("imported").asInt()).isZero();
        assertThat(json.get("already_there").asInt()).isEqualTo(1);
        assertThat(json.get("refused").asInt()).isEqualTo(1);
        assertThat(json.at("/trackers/1/outcome").asText()).isEqualTo("refused");
        assertThat(json.at("/trackers/1/reason").asText()).contains("belongs to tracker import-1");
    }

    /** A file from the field, at a path of its own. */
    private Path fieldFile(String name) throws Exception {
        Path file = directory.resolve(Path.of(name).getFileName());
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/keyfiles/" + name))) {
            Files.copy(in, file);
        }
        return file;
    }

    /** Nobody can rename inside a zip of property lists. */
    @Test
    void trackersWithOneNameAreToldApartAndCanBeGivenNames() throws Exception {
        String zip = "../findmy-client/src/test/resources/org/trackerreports/findmy/keyfile/earbuds.zip";
        Ended set = world.tool("trackers", "import", zip, "--list").done();
        assertThat(set.out().lines())
                .containsExactlyInAnyOrder(
                        "imported Earbuds",
                        "imported Earbuds 2",
                        "imported Earbuds 3",
                        "3 imported, 0 already there, 0 refused.");
        assertThat(world.tool("trackers", "import", zip).done().out()).contains("0 imported, 3 already there");

        String other = world.write("others-earbuds.csv", "name,private_keys\nEarbuds," + newKey("other earbuds") + "\n")
                .toString();
        Ended taken = world.tool("trackers", "import", other);
        assertThat(taken.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(taken.err()).contains("Earbuds", "--rename");
        Ended named = world.tool("trackers", "import", other, "--rename", "Earbuds=Zoë's = earbuds", "--list");
        assertThat(named.done().out()).contains("imported Zoë's = earbuds");
        assertThat(world.store().trackers().find("Zoë's = earbuds")).isPresent();

        Ended unused = world.tool("trackers", "import", zip, "--rename", "Earbuds 4=Case");
        assertThat(unused.exitCode()).isEqualTo(ExitCode.PARTLY_FAILED);
        assertThat(unused.err()).contains("Earbuds 4: no tracker in these files has this name");
        for (String wrong : List.of("Earbuds= ", "Earbuds=a\tb", "Earbuds")) {
            Ended refused = world.tool("trackers", "import", zip, "--rename", wrong);
            assertThat(refused.exitCode()).as(wrong).isEqualTo(ExitCode.USAGE);
            assertThat(refused.err()).as(wrong).contains("--rename").doesNotContain("Exception");
        }
    }

    @Test
    void anAccessoryThatIsExportedAgainOnlyMovesItsAlignmentForward() throws Exception {
        Path january = fieldFile("backpack-january.json");
        Path november = fieldFile("backpack-november.json");
        world.tool("trackers", "import", january.toString()).done();
        Ended dry = world.tool("trackers", "import", november.toString(), "--dry-run")
                .done();
        assertThat(dry.out()).contains("its alignment would become index 40000");

        Ended again = world.tool("trackers", "import", november.toString()).done();
        assertThat(again.out())
                .contains(
                        "already there Backpack; its alignment is now index 40000 at 2026-11-20T12:00:00Z",
                        "0 imported, 1 already there, 0 refused.");
        world.tool("trackers", "import", january.toString()).done();
        Tracker stored = world.store().trackers().find("Backpack").orElseThrow();
        assertThat(stored.alignment()).contains(new Alignment(Instant.parse("2026-11-20T12:00:00Z"), 40000));

        Ended renamed = world.tool(
                "trackers", "import", fieldFile("backpack-renamed.json").toString());
        assertThat(renamed.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(renamed.err()).contains("Rucksack", "keys belong to tracker Backpack");
        assertThat(world.store().trackers().find("Rucksack")).isEmpty();
        world.store().trackers().remove(stored.id(), true);
    }

    @Test
    void anAccessoryOfVersion010IsKnownAgainByItsSecrets() throws Exception {
        Path january = fieldFile("backpack-january.json");
        // Version 0.1.0 stored no key of an accessory.
        world.store()
                .trackers()
                .add(List.of(new NewTracker(
                        "Backpack",
                        "accessory",
                        Secret.of(Files.readAllBytes(january)),
                        Map.of(),
                        List.of(),
                        Optional.of(new Alignment(Instant.parse("2026-01-01T12:00:00Z"), 10000)))));

        Ended again = world.tool(
                        "trackers",
                        "import",
                        fieldFile("backpack-november.json").toString())
                .done();
        assertThat(again.out()).contains("its alignment is now index 40000");
        Ended renamed = world.tool(
                "trackers", "import", fieldFile("backpack-renamed.json").toString());
        assertThat(renamed.err()).contains("keys belong to tracker Backpack");
        Tracker stored = world.store().trackers().find("Backpack").orElseThrow();
        world.store().trackers().remove(stored.id(), true);
    }

    @Test
    void aNameCannotMakeTheTerminalDoThings() throws Exception {
        Path csv = Files.writeString(
                directory.resolve("hostile.csv"), "name,private_keys\nbe\u001b[31mred," + newKey("hostile") + "\n");
        Ended refused = world.tool("trackers", "import", csv.toString());
        assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.err()).contains("[31mred", "control characters").doesNotContain("\u001b");
    }

    @Test
    void trackersAreShownChangedAndRemoved() throws Exception {
        world.newTracker("look-1", 1, 2);
        world.newTracker("look-2", 1, 2);
        assertThat(world.tool("trackers", "label", "look-1", "look-2", "--set", "site=north", "--set", "x=y")
                        .done()
                        .out())
                .contains("2 changed");
        world.tool("trackers", "label", "--label", "site=north", "--remove", "x")
                .done();
        world.tool("trackers", "disable", "look-2").done();
        JsonNode list = world.tool("trackers", "list", "--label", "site=north", "--json")
                .done()
                .json();
        assertThat(list.findValuesAsText("tracker")).containsExactly("look-1", "look-2");
        assertThat(list.get(0).get("enabled").asBoolean()).isTrue();
        assertThat(list.get(1).get("enabled").asBoolean()).isFalse();
        assertThat(list.get(0).get("labels").toString()).isEqualTo("{\"site\":\"north\"}");
        assertThat(list.get(0).get("kind").asText()).isEqualTo("static");
        world.tool("trackers", "enable", "--label", "site=north").done();

        assertThat(world.tool("trackers", "rename", "look-1", "looked at")
                        .done()
                        .out())
                .contains("is now called looked at");
        Ended taken = world.tool("trackers", "rename", "looked at", "look-2");
        assertThat(taken.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(taken.err()).contains("another tracker has this name");
        JsonNode shown =
                world.tool("trackers", "show", "looked at", "--json").done().json();
        assertThat(shown.at("/0/hashed_adv_keys")).hasSize(1);
        assertThat(shown.at("/0/last_seen_time").isNull()).isTrue();
        assertThat(world.tool("trackers", "show", "look-2").done().out()).contains("last seen", "never", "yes");

        Ended unsure = world.tool("trackers", "remove", "look-2");
        assertThat(unsure.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(unsure.out()).contains("would remove look-2");
        assertThat(world.store().trackers().find("look-2")).isPresent();
        world.tool("trackers", "remove", "look-2", "--with-reports", "--yes").done();
        assertThat(world.store().trackers().find("look-2")).isEmpty();
        Ended gone = world.tool("trackers", "show", "look-2");
        assertThat(gone.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(gone.err()).contains("There is no tracker named 'look-2'");
        assertThat(world.tool("trackers", "list", "--label", "site=nowhere").exitCode())
                .isEqualTo(ExitCode.NOTHING_FOUND);
    }

    @Test
    void keysAreExportedForTheirOwnerOnlyAndCanBeImportedAgain() throws Exception {
        world.newTracker("out-1", 1, 2);
        world.tool("trackers", "label", "out-1", "--set", "client=a,b").done();
        String key = world.store()
                .trackers()
                .hashedKeys(world.store().trackers().find("out-1").orElseThrow().id())
                .get(0);
        for (String format : new String[] {"findmy", "keys", "devices", "csv"}) {
            Path folder = directory.resolve(format);
            String[] export = {"trackers", "export", "out-1", "--format", format, "--out", folder.toString()};
            Ended unsure = world.tool(export);
            assertThat(unsure.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(folder).doesNotExist();
            String[] sure = Arrays.copyOf(export, export.length + 1);
            sure[export.length] = "--yes";
            Path file = Path.of(world.tool(sure).done().out().strip());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(world.tool("keys", "inspect", file.toString()).done().out())
                    .contains(key);
        }
        // Nothing is overwritten. If one file exists, no file is written.
        world.newTracker("out-2", 1, 2);
        Ended taken = world.tool(
                "trackers",
                "export",
                "out-2",
                "out-1",
                "--out",
                directory.resolve("findmy").toString(),
                "--yes");
        assertThat(taken.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(taken.err()).contains("out-1.json already");
        assertThat(directory.resolve("findmy/out-2.json")).doesNotExist();
        world.tool("trackers", "remove", "out-1", "--yes").done();
        world.tool("trackers", "import", directory.resolve("csv/trackers.csv").toString())
                .done();
        assertThat(world.store().trackers().find("out-1").orElseThrow().labels())
                .containsEntry("client", "a,b");
    }
}
