package org.trackerreports.fetcher.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.StaticKeys;
import org.trackerreports.findmy.key.TrackerKeys;
import org.trackerreports.findmy.keyfile.KeyFile;
import org.trackerreports.findmy.keyfile.KeyFiles;
import org.trackerreports.findmy.keyfile.NamedKeys;
import org.trackerreports.store.Alignment;
import org.trackerreports.store.NewTracker;
import org.trackerreports.store.Secret;
import org.trackerreports.store.Tracker;

/**
 * Between the client's keys and what the store keeps of them. The material is the text of a FindMy.py key file, so that what is in the
 * database can be read by other programs, too.
 */
public final class TrackerKeyMaterial {

    private TrackerKeyMaterial() {}

    /** The tracker that the store shall keep for these keys. */
    public static NewTracker toStore(NamedKeys named) {
        Secret material = Secret.ofText(KeyFiles.write(named));
        if (named.keys() instanceof StaticKeys keys) {
            List<String> hashed = new ArrayList<>();
            keys.keys().forEach(key -> hashed.add(key.hashed().base64()));
            String kind = hashed.size() == 1 ? "static" : "list";
            return new NewTracker(named.name(), kind, material, Map.of(), hashed, Optional.empty());
        }
        Accessory accessory = (Accessory) named.keys();
        Alignment alignment = new Alignment(
                accessory.alignment().time(), accessory.alignment().index());
        return new NewTracker(named.name(), "accessory", material, Map.of(), List.of(), Optional.of(alignment));
    }

    /**
     * The keys of a stored tracker, with its stored alignment.
     *
     * @throws IllegalArgumentException if the material cannot be read; the message holds nothing of it
     */
    public static TrackerKeys fromStore(Tracker tracker) {
        byte[] material = tracker.keyMaterial().bytes();
        KeyFile file = KeyFiles.read(tracker.name() + ".json", material);
        if (file.trackers().size() != 1) {
            String problem = file.problems().isEmpty()
                    ? "no key"
                    : file.problems().get(0).message();
            throw new IllegalArgumentException(
                    "the stored keys of this tracker cannot be read (" + problem + "); import its key file again");
        }
        TrackerKeys keys = file.trackers().get(0).keys();
        if (keys instanceof Accessory accessory && tracker.alignment().isPresent()) {
            Alignment stored = tracker.alignment().get();
            return accessory.withAlignment(
                    new org.trackerreports.findmy.key.Alignment(stored.time(), Math.toIntExact(stored.index())));
        }
        return keys;
    }
}
