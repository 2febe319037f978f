package org.trackerreports.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.simulator.world.GeneratedTag;
import picocli.CommandLine;

class SimulatorMainTest {
    @TempDir
    private Path folder;

    private final StringWriter errors = new StringWriter();

    private Simulator start(String... options) {
        CommandLine line = SimulatorMain.commandLine();
        line.parseArgs(withFiles(options));
        return line.<SimulatorMain>getCommand().start();
    }

    private int execute(String... options) {
        return SimulatorMain.commandLine()
                .setErr(new PrintWriter(errors, true))
                .setOut(new PrintWriter(errors, true))
                .execute(withFiles(options));
    }

    private String[] withFiles(String... options) {
        List<String> all = new ArrayList<>(List.of("--port", "0", "--control-port", "0"));
        all.addAll(List.of("--ca", folder.resolve("ca.pem").toString()));
        all.addAll(List.of("--tag-keys", folder.resolve("tags.json").toString()));
        all.addAll(Arrays.asList(options));
        return all.toArray(String[]::new);
    }

    @Test
    void startsWithAccountsFaultsAndTagsFromOptions() throws Exception {
        try (Simulator simulator = start(
                "--account", "a@example.com:p:sms",
                "--account", "b@example.com:q",
                "--fault", "gateway:slow:seconds=60:delaySeconds=0.25:account=A@example.com",
                "--fault", "GSA:HANG",
                "--service-port", "ANISETTE=0",
                "--make-tags", "3",
                "--seed", "9")) {
            assertThat(simulator.accounts().all())
                    .extracting(SimulatedAccount::secondFactor)
                    .containsExactlyInAnyOrder(SecondFactor.SMS, SecondFactor.NONE);
            List<Faults.ActiveFault> faults = simulator.faults().active();
            assertThat(faults.get(0).fault().delay()).hasMillis(250);
            assertThat(faults.get(0).fault().lifetime()).hasMinutes(1);
            assertThat(faults.get(0).fault().account()).isEqualTo("a@example.com");
            assertThat(faults.get(1).fault().times()).isEqualTo(1);
            assertThat(simulator.anisetteUrl()).isNotEqualTo(simulator.gsaUrl());
            assertThat(simulator.world().tagNames()).containsExactly("tag-000001", "tag-000002", "tag-000003");
            JsonNode devices = Json.MAPPER.readTree(Files.readAllBytes(folder.resolve("tags.json")));
            List<GeneratedTag> tags = GeneratedTag.make(9, 3);
            for (int i = 0; i < 3; i++) {
                assertThat(Base64.getDecoder()
                                .decode(devices.get(i).get("privateKey").asText()))
                        .isEqualTo(tags.get(i).privateKey());
            }
            assertThat(folder.resolve("ca.pem")).hasContent(simulator.certificateAuthorityPem());
        }
    }

    @Test
    void readsScenarios() throws Exception {
        Path scenario = folder.resolve("scenario.json");
        String key = Vectors.read("static_keys").get(0).get("adv_key_b64").asText();
        Files.writeString(
                scenario,
                "{\"accounts\":[{\"appleId\":\"a@example.com\",\"password\":\"p:q\",\"condition\":\"LOCKED\"}],"
                        + "\"tags\":[{\"name\":\"bike\",\"keys\":[\"" + key + "\"],\"route\":[[1,2]]}],"
                        + "\"faults\":[{\"service\":\"SETUP\",\"kind\":\"BAD_GATEWAY\",\"probability\":0.5}]}");
        try (Simulator simulator = start("--scenario", scenario.toString())) {
            assertThat(simulator.accounts().all().get(0).condition()).isEqualTo(AccountCondition.LOCKED);
            assertThat(simulator.world().tagNames()).containsExactly("bike");
            assertThat(simulator.faults().active().get(0).fault().times()).isEqualTo(Fault.ALWAYS);
        }
        Files.writeString(scenario, "{\"accounts\":[{\"appleId\":\"a@example.com\"}]}");
        assertThatThrownBy(() -> start("--scenario", scenario.toString())).hasMessageContaining("appleId and password");
        Files.writeString(scenario, "{\n\"planets\":[]}");
        assertThatThrownBy(() -> start("--scenario", scenario.toString()))
                .hasMessageContaining("planets")
                .hasMessageContaining("line 2");
    }

    @Test
    void exitsWithTheCodeForWhatIsWrong() {
        assertThat(execute("--planet", "mars")).isEqualTo(2);
        assertThat(execute("--v2-reports", "few")).isEqualTo(3);
        assertThat(execute("--fault", "GATEWAY")).isEqualTo(3);
        assertThat(execute("--fault", "GATEWAY:HANG:often")).isEqualTo(3);
        assertThat(execute("--account", "a@example.com")).isEqualTo(3);
        assertThat(execute("--scenario", folder.resolve("missing").toString())).isEqualTo(3);
        assertThat(errors.toString())
                .contains("--planet", "'few'", "SERVICE:KIND", "APPLE_ID:PASSWORD", "could not be read");
        assertThat(execute("--help")).isZero();
    }
}
