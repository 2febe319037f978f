package org.trackerreports.benchmarks.pipeline;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.trackerreports.simulator.SimulatedAccount;
import org.trackerreports.simulator.Simulator;
import org.trackerreports.simulator.SimulatorSettings;
import org.trackerreports.simulator.world.Finders;
import org.trackerreports.simulator.world.GeneratedTag;
import org.trackerreports.simulator.world.TagSpec;

/**
 * The simulated services, in a process of their own: tags that were all seen for the last time a while ago, so that the reports that the
 * service gives of each are encrypted ahead. Prints what a client needs as lines {@code NAME=value} and an empty line when it is
 * ready. Ends when its input does.
 */
public final class ServicesMain {

    static final String PASSWORD = "a made-up password";

    /** The most trackers in one file of keys; more than the tools read at once. */
    private static final int IN_A_FILE = 50_000;

    private static final long SEED = 1;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration BETWEEN_SIGHTINGS = Duration.ofMinutes(10);

    private ServicesMain() {}

    /** Arguments: directory, numbers of tags, of reports given for each, of accounts, and of tags whose keys the peers get. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        int tags = Integer.parseInt(arguments[1]);
        int reports = Integer.parseInt(arguments[2]);
        int accounts = Integer.parseInt(arguments[3]);
        Instant now = Clock.systemUTC().instant();
        Path certificate = directory.resolve("ca.pem");
        SimulatorSettings settings = SimulatorSettings.defaults()
                .withSeed(SEED)
                .withReportsPerEntry(reports, reports)
                .withCertificateAuthorityFile(certificate);
        try (Simulator simulator = Simulator.start(settings)) {
            for (int number = 0; number < accounts; number++) {
                simulator.accounts().add(SimulatedAccount.of(appleId(number), PASSWORD));
            }
            Instant seenUntil = now.minus(BETWEEN_SIGHTINGS);
            writeKeys(simulator, directory, tags, Integer.parseInt(arguments[4]), seenUntil);
            simulator.world().prepare(now, reports);
            String session = simulator.accounts().dsid(appleId(0)) + ":"
                    + simulator.accounts().openSession(appleId(0), DAY);
            Map<String, String> values = new LinkedHashMap<>(simulator.clientEnvironment());
            // Usual anisette servers use plain HTTP.
            values.computeIfPresent("ANISETTE_SERVER", (name, url) -> url.replaceFirst("https", "http"));
            values.forEach((name, value) -> System.out.println(name + "=" + value));
            System.out.println("SESSION=" + session);
            System.out.println();
            while (System.in.read() >= 0) {
                // Nothing is expected; the end is.
            }
        }
    }

    static String appleId(int account) {
        return "owner-" + account + "@example.com";
    }

    private static void writeKeys(Simulator simulator, Path directory, int tags, int forPeers, Instant seenUntil)
            throws IOException {
        Finders finders = Finders.every(BETWEEN_SIGHTINGS).withDelay(Duration.ZERO, Duration.ZERO);
        Iterator<GeneratedTag> all = GeneratedTag.stream(SEED, tags).iterator();
        int written = 0;
        try (Writer peers = Files.newBufferedWriter(directory.resolve("peer-keys"))) {
            for (int file = 0; all.hasNext(); file++) {
                Path path = directory.resolve(String.format("trackers-%04d.json", file));
                try (Writer writer = Files.newBufferedWriter(path)) {
                    String separator = "[";
                    for (int number = 0; number < IN_A_FILE && all.hasNext(); number++) {
                        GeneratedTag tag = all.next();
                        TagSpec spec = tag.spec();
                        simulator
                                .world()
                                .addTag(TagSpec.of(spec.name(), spec.keys(), spec.route(), finders)
                                        .seenBetween(seenUntil.minus(DAY), seenUntil));
                        String key = Base64.getEncoder().encodeToString(tag.privateKey());
                        writer.write(separator + "{\"id\": 1, \"name\": \"" + spec.name() + "\", \"privateKey\": \""
                                + key + "\"}");
                        separator = ",\n";
                        if (written++ < forPeers) {
                            peers.write(key + "\n");
                        }
                    }
                    writer.write("]");
                }
            }
        }
    }
}
