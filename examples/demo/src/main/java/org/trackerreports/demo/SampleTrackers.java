package org.trackerreports.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.Alignment;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.key.StaticKeys;
import org.trackerreports.findmy.key.TrackerKeys;
import org.trackerreports.findmy.keyfile.KeyFiles;
import org.trackerreports.findmy.keyfile.NamedKeys;
import org.trackerreports.simulator.world.Finders;
import org.trackerreports.simulator.world.KeySchedule;
import org.trackerreports.simulator.world.KeySchedule.KeyWindow;
import org.trackerreports.simulator.world.Position;
import org.trackerreports.simulator.world.Route;
import org.trackerreports.simulator.world.TagSpec;
import org.trackerreports.simulator.world.World;

/**
 * Twelve made-up trackers: their key files, as their owner has them, and their public keys on the air of the simulated world. The
 * private keys go into the files only.
 */
final class SampleTrackers {

    private static final Duration PAIRED_AGO = Duration.ofDays(3);
    private static final Duration AHEAD = Duration.ofDays(2);
    private static final Duration KEY_PERIOD = Duration.ofMinutes(1);

    /** Seen every 20 seconds and uploaded soon, so that there is something to watch. */
    private static final Finders FINDERS =
            Finders.every(Duration.ofSeconds(20)).withConfidence(2, 3).withDelay(Duration.ZERO, Duration.ofSeconds(5));

    private static final Set<String> RESTING = Set.of("Bike", "Boat", "Van", "Drone");

    /** Long enough at one place to be a stay. */
    private static final Duration REST = Duration.ofMinutes(18);

    private record Sample(NamedKeys keys, Position home, double metresPerSecond) {}

    private final SecureRandom random = new SecureRandom();
    private final Instant now;
    private final List<Sample> single = new ArrayList<>();
    private final List<Sample> devices = new ArrayList<>();
    private final List<Sample> accessories = new ArrayList<>();
    private final List<Sample> lists = new ArrayList<>();

    SampleTrackers(Instant now) {
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
        single.add(sample("Bike", keys(1), 52.5200, 13.4050, 5));
        single.add(sample("Backpack", keys(1), 48.8566, 2.3522, 1));
        single.add(sample("Camera", keys(1), -33.8688, 151.2093, 1));
        devices.add(sample("Van", keys(3), 40.7128, -74.0060, 12));
        devices.add(sample("Trailer", keys(2), 41.8781, -87.6298, 12));
        devices.add(sample("Boat", keys(1), -17.7134, 178.0650, 4));
        devices.add(sample("Drone", keys(1), 64.1466, -21.9426, 9));
        accessories.add(sample("Keys", accessory(), 35.6762, 139.6503, 1));
        accessories.add(sample("Wallet", accessory(), -22.9068, -43.1729, 1));
        accessories.add(sample("Suitcase", accessory(), 1.3521, 103.8198, 2));
        lists.add(sample("Cat", keys(3), 59.3293, 18.0686, 1));
        lists.add(sample("Dog", keys(2), -1.2921, 36.8219, 2));
    }

    private Sample sample(String name, TrackerKeys keys, double latitude, double longitude, double metresPerSecond) {
        return new Sample(
                new NamedKeys(name, keys, Optional.empty()), Position.ofDegrees(latitude, longitude), metresPerSecond);
    }

    private StaticKeys keys(int count) {
        List<PrivateTrackerKey> keys = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            keys.add(PrivateTrackerKey.generate(random));
        }
        return new StaticKeys(keys);
    }

    private Accessory accessory() {
        byte[] primary = new byte[32];
        byte[] secondary = new byte[32];
        random.nextBytes(primary);
        random.nextBytes(secondary);
        return Accessory.of(
                PrivateTrackerKey.generate(random), primary, secondary, now.minus(PAIRED_AGO), Optional.empty());
    }

    /** How many trackers there are. */
    int size() {
        return all().size();
    }

    private List<Sample> all() {
        List<Sample> all = new ArrayList<>(single);
        all.addAll(devices);
        all.addAll(accessories);
        all.addAll(lists);
        return all;
    }

    /** Writes the key files in the formats of the field. */
    List<Path> writeKeyFiles(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Sample sample : single) {
            files.add(write(directory, sample.keys().name() + ".keys", KeyFiles.writeKeysText((StaticKeys)
                    sample.keys().keys())));
        }
        files.add(write(
                directory,
                "devices.json",
                KeyFiles.writeDevicesJson(devices.stream().map(Sample::keys).toList())));
        for (Sample sample : accessories) {
            files.add(write(directory, sample.keys().name() + "_accessory.json", KeyFiles.write(sample.keys())));
        }
        for (Sample sample : lists) {
            files.add(write(directory, sample.keys().name() + "_keylist.json", KeyFiles.write(sample.keys())));
        }
        return files;
    }

    private static Path write(Path directory, String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    /** Puts the trackers' public keys on the air of a world, each going round after round from its home; some of them rest there. */
    void addTo(World world) {
        List<Sample> all = all();
        for (int number = 0; number < all.size(); number++) {
            Sample sample = all.get(number);
            Duration rest = RESTING.contains(sample.keys().name()) ? REST : Duration.ZERO;
            Route route = new RoundTrip(
                    sample.home(), number, sample.metresPerSecond(), rest, now.minus(Duration.ofHours(12)));
            world.addTag(TagSpec.of(sample.keys().name(), schedule(sample.keys().keys()), route, FINDERS)
                    .seenBetween(now.minus(Duration.ofHours(12)), now.plus(AHEAD)));
        }
    }

    private KeySchedule schedule(TrackerKeys keys) {
        if (keys instanceof StaticKeys list) {
            List<byte[]> advertised = list.keys().stream()
                    .map(key -> key.advertisementKey().bytes())
                    .toList();
            return KeySchedule.cycling(advertised, KEY_PERIOD);
        }
        Accessory accessory = (Accessory) keys;
        List<KeyWindow> windows = new ArrayList<>();
        Instant from = accessory.pairedAt();
        for (int index = 0; from.isBefore(now.plus(AHEAD)); index++) {
            Instant until = from.plus(Alignment.SLOT);
            windows.add(new KeyWindow(
                    from, until, accessory.primaryKey(index).advertisementKey().bytes()));
            from = until;
        }
        return KeySchedule.windows(windows);
    }
}
