package org.trackerreports.systemtests.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.systemtests.tools.ToolProcess.Ended;

/** {@code keys} and {@code report decrypt}, which need no server; expected values are the protocol's vectors. */
@ExtendWith(WithToolWorld.class)
class KeyCommandsTest {

    private static final String PRIVATE_KEY_HEX = "1df043aae8296ff32367f4b8bca1b17e30de458c1b87f903961a8391";
    private static final String HASHED = "6UUfgEvDeboxct6UF8gWyYXWj8ezdPw7eCMz/hL+CuY=";
    private static final String PAYLOAD =
            "LwX+kAIE5dkZcHeNyv/+NccEh+0rS0hFY32ZVLGBj0iMpH/GFgdAwC5hYMQGjfNeSxc+Fas+LGDxNc"
                    + "w+BezwWzPYdtWPBBBmdVeLnFtj8pnUbIqoiMUmEA==";
    private static final String ACCESSORY = "{\"type\": \"accessory\", \"name\": \"Case\","
            + " \"master_key\": \"7f351f007a31d0cc7782e93f799d8cec386f64e55861877ed1056e19\","
            + " \"skn\": \"92c464cadf0fe0a4efdb7daf3beb7b2a5096cb0dd936b2abbe36e3c26a6c40c6\","
            + " \"sks\": \"b32aef207f897c40258a8f72d2f510260fe086bb5af6ed771d72f5f45da74e7e\","
            + " \"paired_at\": \"2026-01-01T00:00:00+00:00\"}";

    private final ToolProcess tool;

    @TempDir
    private Path directory;

    KeyCommandsTest(ToolWorld world) {
        // Without a server, so that a command that wants one is noticed.
        tool = world.tool().with("DB_PORT", "1").with("REDIS_URL", "redis://127.0.0.1:1");
    }

    private Path write(String name, String content) throws Exception {
        return Files.writeString(directory.resolve(name), content);
    }

    @Test
    void newKeysAreWrittenForTheirOwnerOnlyAndNeverOverAFile() throws Exception {
        Path folder = directory.resolve("tags");
        String[] generate = {"keys", "generate", "--count", "2", "--name", "bike", "--out", folder.toString(), "--json"
        };
        JsonNode made = tool.call(generate).done().json();
        assertThat(made).hasSize(2);
        assertThat(made.get(1).get("tracker").asText()).isEqualTo("bike-2");
        List<String> names = List.of("bike-1.keys", "bike-1.bin", "bike-2.keys", "bike-2.bin", "bike-devices.json");
        for (String name : names) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
                    .as(name)
                    .isEqualTo("rw-------");
        }
        byte[] firmware = Files.readAllBytes(folder.resolve("bike-1.bin"));
        assertThat(firmware).hasSize(29).startsWith(1);

        JsonNode read = tool.call(
                        "keys", "inspect", folder.resolve("bike-devices.json").toString(), "--json")
                .done()
                .json();
        assertThat(read.at("/0/format").asText()).isEqualTo("macless-haystack devices.json");
        for (int number = 0; number < 2; number++) {
            assertThat(read.at("/0/trackers/" + number + "/keys/0/hashed_adv_key"))
                    .isEqualTo(made.get(number).get("hashed_adv_key"));
        }

        Ended again = tool.call(generate);
        assertThat(again.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(again.err()).contains("bike-devices.json", "already");
        assertThat(tool.call("keys", "generate", "--count", "0").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void filesAreLookedIntoWithTheSecretsOnlyOnRequest() throws Exception {
        Path fixed =
                write("Fixed.csv", "name,private_keys,label:client\nFixed," + PRIVATE_KEY_HEX + ",acme\nBroken,abc,\n");
        Path rolling = write("case.json", ACCESSORY);
        Ended ended = tool.call(
                "keys",
                "inspect",
                fixed.toString(),
                rolling.toString(),
                directory.resolve("missing.keys").toString(),
                "--at-index",
                "95",
                "--json");
        assertThat(ended.exitCode()).isEqualTo(ExitCode.PARTLY_FAILED);
        assertThat(ended.out()).doesNotContain("private_key\"");
        JsonNode files = ended.json();
        JsonNode tag = files.at("/0/trackers/0");
        assertThat(tag.get("kind").asText()).isEqualTo("static");
        assertThat(tag.at("/keys/0/hashed_adv_key").asText()).isEqualTo(HASHED);
        assertThat(files.at("/0/problems/0/where").asText()).isEqualTo("line 3 (Broken)");
        assertThat(files.at("/0/problems/0/message").asText()).contains("private_keys", "28");
        JsonNode keys = files.at("/1/trackers/0/keys");
        assertThat(keys.findValuesAsText("hashed_adv_key"))
                .containsExactly(
                        "3YCh/UJl6FfwD+kaVrykN4pbqHSwT45M/toomW5ZefE=",
                        "5ki+7mAIBFJfOgD6ETzYG9VypUBu+ihnsGB9bYy1I5k=",
                        "vI2goWP1tFc3gYDVkTLw7juw5LX93BwGO+kmpda39R8=");
        assertThat(keys.findValuesAsText("index")).containsExactly("95", "1", "2");
        assertThat(ended.err()).contains("missing.keys", "the file does not exist");

        Ended secret = tool.call("keys", "inspect", fixed.toString(), "--show-private");
        assertThat(secret.out()).contains("PRIVATE KEY", "HfBDqugpb/MjZ/S4vKGxfjDeRYwbh/kDlhqDkQ==");
        assertThat(tool.call("keys", "inspect", rolling.toString()).done().out())
                .contains("accessory", "primary 0", "paired 2026-01-01");
        Ended words = tool.call("keys", "inspect", write("notes.txt", "words\n").toString());
        assertThat(words.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(words.err()).contains("notes.txt");
    }

    @Test
    void aFileThatNeverEndsIsRefusedWithTheLimit() {
        Ended endless = tool.call("keys", "inspect", "/dev/zero");
        assertThat(endless.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(endless.err()).contains("more than 16777216 bytes");
        Ended code = tool.call("keys", "inspect", "/dev/null", "--code-file", "/dev/zero");
        assertThat(code.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(code.err()).contains("more than 1048576 bytes");
    }

    @Test
    void aLockedExportIsOpenedWithItsCodeFromAFileOrThePersonAtTheTerminal() throws Exception {
        Path zip = directory.resolve("export.zip");
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/keyfiles/locked-export.zip"))) {
            Files.copy(in, zip);
        }
        String hash = "BMCLZZtGcC0G+KEtV/msoCPcH0YjrTs6g6cgLstW+Jo=";
        Ended nobody = tool.call("keys", "inspect", zip.toString());
        assertThat(nobody.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(nobody.err()).contains("locked with a code");

        String code = "\uFEFFh4k2 9wmr-7tqx\r\n";
        Path file = Files.writeString(directory.resolve("code"), code, StandardCharsets.UTF_16LE);
        Ended given = tool.call("keys", "inspect", zip.toString(), "--code-file", file.toString())
                .done();
        assertThat(given.out()).contains(hash);

        Assumptions.assumeTrue(ToolProcess.hasTerminal(), "this machine has no program script");
        Ended asked = tool.input("H4K2-9WMR-7TQY\nH4K2-9WMR-7TQX\n")
                .runInTerminal("keys", "inspect", zip.toString())
                .done();
        assertThat(asked.out()).contains("Code of", "does not open it", hash);
    }

    @Test
    void spreadsheetsMayWriteSemicolonsAndTheirOwnEncoding() throws Exception {
        Path csv = directory.resolve("tags.csv");
        Files.writeString(
                csv, "name;private_keys\r\nSchl\u00fcssel;" + PRIVATE_KEY_HEX + "\r\n", StandardCharsets.ISO_8859_1);
        JsonNode tag = tool.call("keys", "inspect", csv.toString(), "--json")
                .done()
                .json()
                .at("/0/trackers/0");
        assertThat(tag.get("tracker").asText()).isEqualTo("Schl\u00fcssel");
        assertThat(tag.at("/keys/0/hashed_adv_key").asText()).isEqualTo(HASHED);
    }

    @Test
    void aPayloadIsDecryptedOrWhatIsWrongWithItIsExplained() throws Exception {
        Path keys = write(
                "both.csv",
                "name,private_keys\nOther,6c122d029d59a3db29ac9c22fdb204c86c674a89f677fe4358a27370\nBike,"
                        + PRIVATE_KEY_HEX + "\n");
        JsonNode report = decrypt(keys, PAYLOAD).done().json();
        assertThat(report.get("tracker").asText()).isEqualTo("Bike");
        assertThat(report.get("hashed_adv_key").asText()).isEqualTo(HASHED);
        assertThat(report.get("event_time").asText()).isEqualTo("2026-01-01T01:00:00Z");
        assertThat(report.get("lat").asDouble()).isEqualTo(-33.8688197);
        assertThat(report.get("lon").asDouble()).isEqualTo(151.2092955);
        assertThat(report.get("accuracy_m").asInt()).isEqualTo(63);
        assertThat(report.get("confidence").asInt()).isEqualTo(2);
        assertThat(report.get("status").asInt()).isEqualTo(64);
        assertThat(report.get("battery").asText()).isEqualTo("medium");
        assertThat(report.get("payload_bytes").asInt()).isEqualTo(88);

        Ended noBase64 = decrypt(keys, "abc!" + PAYLOAD);
        assertThat(noBase64.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(noBase64.json().get("problem").asText()).isEqualTo("not_base64");
        assertThat(noBase64.err()).contains("character 4 is '!'");
        assertThat(decrypt(keys, "AAAA").json().get("problem").asText()).isEqualTo("unsupported_length");
        assertThat(decrypt(keys, PAYLOAD.replace("LwX+kAIE", "LwX+kAIF"))
                        .json()
                        .get("problem")
                        .asText())
                .isEqualTo("invalid_point");
        Ended damaged = decrypt(keys, PAYLOAD.replace("iMUmEA==", "iMUmEQ=="));
        assertThat(damaged.json().get("problem").asText()).isEqualTo("no_key");
        assertThat(damaged.err()).contains("none of 2 keys fits");
        Ended rolling = decrypt(write("case.json", ACCESSORY), PAYLOAD);
        assertThat(rolling.json().get("problem").asText()).isEqualTo("no_key");
    }

    private Ended decrypt(Path keys, String payload) {
        return tool.call("report", "decrypt", "--key-file", keys.toString(), "--payload", payload, "--json");
    }
}
