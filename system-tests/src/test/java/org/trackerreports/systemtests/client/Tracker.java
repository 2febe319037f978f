package org.trackerreports.systemtests.client;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.Alignment;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.key.StaticKeys;
import org.trackerreports.findmy.keyfile.NamedKeys;
import org.trackerreports.simulator.world.Finders;
import org.trackerreports.simulator.world.KeySchedule;
import org.trackerreports.simulator.world.Position;
import org.trackerreports.simulator.world.Route;
import org.trackerreports.simulator.world.Sighting;
import org.trackerreports.simulator.world.TagSpec;

/** A tracker with its keys at the client and its tag in the simulated world. */
final class Tracker {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Route BERLIN = Route.stayingAt(Position.ofDegrees(52.52, 13.405));
    private static final Finders FINDERS =
            Finders.every(Duration.ofMinutes(10)).withConfidence(2, 3).withDelay(Duration.ZERO, Duration.ofMinutes(1));

    final NamedKeys keys;
    private final Services services;

    private Tracker(Services services, NamedKeys keys) {
        this.services = services;
        this.keys = keys;
    }

    /** With one key, seen every ten minutes. */
    static Tracker seen(Services services) {
        return ofKeys(services, "tracker", 1, true);
    }

    /** With static keys; if it is not seen, sightings are added by hand. */
    static Tracker ofKeys(Services services, String name, int count, boolean seen) {
        List<PrivateTrackerKey> keys = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            keys.add(PrivateTrackerKey.generate(RANDOM));
        }
        KeySchedule schedule = KeySchedule.cycling(
                keys.stream().map(key -> key.advertisementKey().bytes()).toList(), Duration.ofHours(1));
        TagSpec tag = TagSpec.of(name, schedule, BERLIN, FINDERS);
        services.simulator.world().addTag(seen ? tag : tag.unseen());
        return new Tracker(services, new NamedKeys(name, new StaticKeys(keys), Optional.empty()));
    }

    /**
     * With rolling keys, paired 20 days ago, whose primary index lags behind the clock; not seen, sightings are added by hand.
     *
     * @param aligned what the client knows
     */
    static Tracker accessory(Services services, String name, Optional<Alignment> aligned, int... indicesOnAir) {
        byte[] primary = new byte[32];
        byte[] secondary = new byte[32];
        RANDOM.nextBytes(primary);
        RANDOM.nextBytes(secondary);
        Instant paired = services.clock.instant().minus(Duration.ofDays(20));
        Accessory accessory = Accessory.of(PrivateTrackerKey.generate(RANDOM), primary, secondary, paired, aligned);
        List<KeySchedule.KeyWindow> windows = new ArrayList<>();
        Instant from = paired;
        for (int index : indicesOnAir) {
            byte[] key = index < 0
                    ? accessory.secondaryKey(-index).advertisementKey().bytes()
                    : accessory.primaryKey(index).advertisementKey().bytes();
            windows.add(new KeySchedule.KeyWindow(from, from.plusSeconds(60), key));
            from = from.plusSeconds(60);
        }
        services.simulator
                .world()
                .addTag(TagSpec.of(name, KeySchedule.windows(windows), BERLIN, FINDERS)
                        .unseen());
        return new Tracker(services, new NamedKeys(name, accessory, Optional.empty()));
    }

    PrivateTrackerKey key(int number) {
        return ((StaticKeys) keys.keys()).keys().get(number);
    }

    Accessory accessory() {
        return (Accessory) keys.keys();
    }

    /** A finder reports the tracker. */
    Sighting sighting(PrivateTrackerKey key, Instant time, int latitudeE7, int longitudeE7) {
        return sighting(key, time, latitudeE7, longitudeE7, 2);
    }

    /** A finder reports the tracker with this confidence. */
    Sighting sighting(PrivateTrackerKey key, Instant time, int latitudeE7, int longitudeE7, int confidence) {
        Sighting sighting =
                new Sighting(key.hashed().base64(), time, latitudeE7, longitudeE7, 17, confidence, 0x40, time);
        services.simulator.world().addSighting(keys.name(), sighting);
        return sighting;
    }
}
