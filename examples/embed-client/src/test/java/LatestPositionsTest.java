import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.findmy.FileSessionStore;
import org.trackerreports.findmy.FindMyClient;
import org.trackerreports.findmy.http.HttpSettings;
import org.trackerreports.findmy.http.ServiceAddresses;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.simulator.SecondFactor;
import org.trackerreports.simulator.SimulatedAccount;
import org.trackerreports.simulator.Simulator;
import org.trackerreports.simulator.SimulatorSettings;
import org.trackerreports.simulator.world.Finders;
import org.trackerreports.simulator.world.KeySchedule;
import org.trackerreports.simulator.world.Position;
import org.trackerreports.simulator.world.Route;
import org.trackerreports.simulator.world.Sighting;
import org.trackerreports.simulator.world.TagSpec;

/** Runs the program against the simulated services. */
class LatestPositionsTest {

    private static final String APPLE_ID = "owner@example.com";
    private static final String PRIVATE_KEY = Base64.getEncoder().encodeToString("a key for the test of 28 by.".getBytes());

    @TempDir
    private Path directory;

    @Test
    void signsInWithACodeAndPrintsThePosition() throws Exception {
        try (Simulator services = Simulator.start(SimulatorSettings.defaults())) {
            services.accounts().add(SimulatedAccount.of(APPLE_ID, "secret").with(SecondFactor.SMS));
            Instant seen = Instant.ofEpochSecond(Instant.now().getEpochSecond() - 60);
            addBike(services, seen);
            Path keys = Files.writeString(directory.resolve("bike.keys"), "Private key: " + PRIVATE_KEY + "\n");

            String first = printed(services, keys);
            assertTrue(first.endsWith("bike: " + seen + " 52.52 13.405\n"), first);
            // The session is in its file, so nothing is asked.
            assertEquals("bike: " + seen + " 52.52 13.405\n", printed(services, keys));
        }
    }

    private static void addBike(Simulator services, Instant seen) {
        PrivateTrackerKey key = PrivateTrackerKey.ofBase64(PRIVATE_KEY);
        Position berlin = Position.ofDegrees(52.52, 13.405);
        services.world()
                .addTag(TagSpec.of(
                                "bike",
                                KeySchedule.fixed(key.advertisementKey().bytes()),
                                Route.stayingAt(berlin),
                                Finders.every(Duration.ofHours(1)))
                        .unseen());
        services.world()
                .addSighting(
                        "bike",
                        new Sighting(key.hashed().base64(), seen, 525_200_000, 134_050_000, 20, 2, 0, seen));
    }

    private String printed(Simulator services, Path keys) throws Exception {
        Path authority = Files.writeString(directory.resolve("ca.pem"), services.certificateAuthorityPem());
        FindMyClient client = FindMyClient.builder()
                .anisetteServer(services.anisetteUrl())
                .addresses(new ServiceAddresses(services.gsaUrl(), services.setupUrl(), services.gatewayUrl()))
                .http(HttpSettings.DEFAULT.trusting(authority))
                .sessionStore(FileSessionStore.withPassphrase(directory.resolve("session"), "passphrase".toCharArray()))
                .build();
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true));
        try {
            LatestPositions.print(
                    client,
                    APPLE_ID,
                    keys,
                    question -> (question.startsWith("Password") ? "secret" : code(services)).toCharArray());
        } finally {
            System.setOut(before);
        }
        return printed.toString();
    }

    private static String code(Simulator services) {
        return services.accounts().lastCode(APPLE_ID).orElseThrow();
    }
}
