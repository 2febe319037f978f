package org.trackerreports.core.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trackerreports.core.config.OptionType;
import org.trackerreports.sinks.PublishedPositions;
import org.trackerreports.sinks.Sink;
import org.trackerreports.sinks.dawarich.DawarichSink;
import org.trackerreports.sinks.homeassistant.HomeAssistantSink;
import org.trackerreports.sinks.owntracks.OwnTracksHttpSink;
import org.trackerreports.sinks.owntracks.OwnTracksMqttSink;
import org.trackerreports.sinks.traccar.TraccarSink;
import org.trackerreports.sinks.webhook.WebhookSink;
import org.trackerreports.store.history.FlagFilter;

class SinkFilesTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @TempDir
    private Path directory;

    private SinkFiles files;

    @BeforeEach
    void writeSecrets() throws IOException {
        files = new SinkFiles(directory, Optional.empty());
        Files.writeString(directory.resolve("key"), "geheim\n");
        Files.writeString(directory.resolve("secret"), SECRET + "\n" + SECRET + "\n");
        Files.writeString(directory.resolve("empty"), "\n");
    }

    private void write(String name, String... lines) throws IOException {
        Files.write(directory.resolve(name + ".conf"), List.of(lines));
    }

    private List<String> problems(String... lines) throws IOException {
        write("wrong", lines);
        return files.read().problems().getOrDefault("wrong", List.of());
    }

    @Test
    void readsEveryKindOfSink() throws Exception {
        write("hook", "TYPE=webhook", "URL=https://example.com/hook", "SECRET_FILE=secret", "BATCH=100");
        write("home", "TYPE=homeassistant", "URL=mqtts://broker", "USER=anna", "PASSWORD_FILE=key", "STALE_AFTER=24");
        write("traccar", "TYPE=traccar", "URL=http://traccar:5055", "API_URL=http://traccar:8082", "API_KEY_FILE=key");
        write("recorder", "TYPE=owntracks", "URL=https://recorder/pub");
        write("broker", "TYPE=owntracks", "URL=mqtt://broker:1884", "USER=anna");
        write("dawarich", "TYPE=dawarich", "URL=https://dawarich", "API_KEY_FILE=" + directory.resolve("key"));
        SinkFiles.Found found = files.read();
        assertThat(found.problems()).isEmpty();
        Map<String, Class<?>> types = Map.of(
                "hook", WebhookSink.class,
                "home", HomeAssistantSink.class,
                "traccar", TraccarSink.class,
                "recorder", OwnTracksHttpSink.class,
                "broker", OwnTracksMqttSink.class,
                "dawarich", DawarichSink.class);
        assertThat(found.sinks()).containsOnlyKeys(types.keySet());
        found.sinks().forEach((name, file) -> {
            try (Sink sink = file.target().open(PublishedPositions.inMemory(), Clock.systemUTC());
                    Sink test = file.target().openForTest(Clock.systemUTC())) {
                assertThat(sink).isInstanceOf(types.get(name));
                assertThat(test).isInstanceOf(types.get(name));
            }
            assertThat(file.toString()).doesNotContain("example.com", "geheim");
            assertThat(file.lines().values()).doesNotContain("geheim", SECRET);
        });
    }

    @Test
    void readsWhatASinkSelects() throws Exception {
        write(
                "hook",
                "TYPE=webhook",
                "URL=https://example.com",
                "LABELS=owner=anna, kind = bike",
                "MIN_CONFIDENCE=0",
                "FLAGS=with",
                "MAX_AGE=6h",
                "EVENTS=place.entered,place.left",
                "START=beginning",
                "ALERT_GAP=0");
        SinkFile file = files.read("hook");
        assertThat(file.fromBeginning()).isTrue();
        assertThat(file.selection())
                .isEqualTo(new SinkSelection(
                        Map.of("owner", "anna", "kind", "bike"),
                        0,
                        FlagFilter.WITH,
                        Optional.of(Duration.ofHours(6)),
                        Set.of("place.entered", "place.left"),
                        Duration.ZERO));
    }

    @Test
    void oneWrongFileIsNamedAndTheOthersAreUsed() throws IOException {
        write("right", "TYPE=traccar", "URL=http://traccar:5055");
        write("wrong", "TYPE=traccar");
        write("-odd", "TYPE=traccar", "URL=http://traccar:5055");
        Files.writeString(directory.resolve("note.txt"), "not a sink");
        SinkFiles.Found found = files.read();
        assertThat(found.sinks()).containsOnlyKeys("right");
        assertThat(found.problems()).containsOnlyKeys("wrong", "-odd");
    }

    @Test
    void aDirectoryThatIsNotThereHasNoSinks() throws IOException {
        SinkFiles none = new SinkFiles(directory.resolve("none"), Optional.empty());
        assertThat(none.read().sinks()).isEmpty();
        assertThat(none.fingerprint()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    URL=https://example.com | TYPE is missing
                    TYPE=webhok | TYPE is 'webhok'; expected one of webhook
                    TYPE=webhook | URL is missing
                    TYPE=traccar,URL=http://traccar:5055/?id=1 | has no query
                    TYPE=owntracks,URL=https://recorder/pub,USER=a/b | no /
                    TYPE=webhook,URL=ftp://example.com | begins with http:// or https://
                    TYPE=webhook,URL=https://anna:geheim@example.com | neither a user nor a fragment
                    TYPE=webhook,URL=https://example.com,SECRET=x | SECRET is no option of a sink of the type webhook; did you mean SECRET_FILE?
                    TYPE=webhook,URL=https://example.com,SECRET_FILE=key | a secret begins with whsec_ or whsk_
                    TYPE=webhook,URL=https://example.com,SECRET_FILE=none | the file does not exist
                    TYPE=webhook,URL=https://example.com,SECRET_FILE=empty | names an empty file
                    TYPE=webhook,URL=https://example.com,PASSWORD_FILE=key | USER is not
                    TYPE=webhook,URL=https://example.com,BATCH=101 | BATCH is '101'; expected a whole number from 1 to 100
                    TYPE=webhook,URL=https://example.com,BATCH=5,TEXT=x | TEXT stands alone
                    TYPE=webhook,URL=https://example.com,EVENTS=place.enterd | did you mean place.entered?
                    TYPE=webhook,URL=https://example.com,LABELS=anna | expected name=value
                    TYPE=traccar,URL=http://traccar:5055,STALE_AFTER=1h | STALE_AFTER is no option of a sink of the type traccar
                    TYPE=traccar,URL=http://traccar:5055,API_URL=http://traccar:8082 | set together
                    TYPE=homeassistant,URL=http://broker | a broker is mqtt://HOST:PORT
                    TYPE=homeassistant,URL=mqtt://broker,TOPIC=a/b | the topic has letters, digits
                    TYPE=owntracks,URL=https://recorder | ends in /pub
                    TYPE=dawarich,URL=https://dawarich | API_KEY_FILE is missing""")
    void saysWhatIsWrong(String lines, String problem) throws IOException {
        assertThat(problems(lines.split(",")))
                .anySatisfy(found -> assertThat(found)
                        .contains(problem)
                        .doesNotContain("geheim")
                        .doesNotContain("MfKQ"));
    }

    @Test
    void theDigestChangesWithTheLinesAndWithTheSecrets() throws Exception {
        write("hook", "TYPE=webhook", "URL=https://example.com", "SECRET_FILE=secret");
        String first = files.read("hook").digest();
        assertThat(files.read("hook").digest()).isEqualTo(first);
        Files.writeString(directory.resolve("secret"), SECRET);
        String second = files.read("hook").digest();
        assertThat(second).isNotEqualTo(first);
        write("hook", "TYPE=webhook", "URL=https://example.com", "SECRET_FILE=secret", "MIN_CONFIDENCE=1");
        assertThat(files.read("hook").digest()).isNotEqualTo(second);
    }

    @Test
    void aNameIsNoPath() {
        assertThatThrownBy(() -> files.read("../hook")).isInstanceOf(SinkFileException.class);
    }

    @Test
    void theGuideShowsTheSameOptions() throws IOException {
        String table = "| line | of | example | what |\n|---|---|---|---|\n"
                + SinkOption.ALL.stream().map(SinkFilesTest::row).collect(Collectors.joining());
        assertThat(Files.readString(Path.of("../docs/integrations/README.md")))
                .as("the table of options in docs/integrations/README.md; it should be:\n" + table)
                .contains(table);
    }

    private static String row(SinkOption option) {
        String types = option.types().size() == SinkType.values().length
                ? "all"
                : option.types().stream().sorted().map(OptionType::word).collect(Collectors.joining(", "));
        return "| `" + option.name() + "` | " + types + " | `" + option.example() + "` | " + option.description()
                + " |\n";
    }
}
