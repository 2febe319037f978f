package org.trackerreports.core.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.AdvertisementKey;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.key.StaticKeys;
import org.trackerreports.findmy.key.TrackerKeys;
import org.trackerreports.findmy.keyfile.KeyFile;
import org.trackerreports.findmy.keyfile.KeyFiles;
import org.trackerreports.findmy.keyfile.NamedKeys;
import org.trackerreports.store.secret.Secret;
import org.trackerreports.store.tracker.Alignment;
import org.trackerreports.store.tracker.NewTracker;
import org.trackerreports.store.tracker.Tracker;

/**
 * Between the client's keys and what the store keeps of them. The material is the text of a FindMy.py key file, so that what is in the
 * database can be read by other programs, too. Static keys have one more member, {@value #PUBLIC}, which those programs pass over: the
 * public keys in base64, so that they need not be made anew each time a tracker has its turn.
 */
public final class TrackerKeyMaterial {

    private static final String PUBLIC = "advertisement_keys";
    /** The kind of trackers with one key that never changes. */
    public static final String STATIC = "static";

    /** The kind of trackers with rolling keys. */
    public static final String ACCESSORY = "accessory";

    private static final ObjectMapper JSON = new ObjectMapper();

    private TrackerKeyMaterial() {}

    /** The tracker that the store shall keep for these keys. */
    public static NewTracker toStore(NamedKeys named) {
        String text = KeyFiles.write(named);
        if (named.keys() instanceof StaticKeys keys) {
            List<String> hashed =
                    keys.keys().stream().map(key -> key.hashed().base64()).toList();
            String kind = hashed.size() == 1 ? STATIC : "list";
            Secret material = Secret.ofText(withPublicKeys(text, keys));
            return new NewTracker(named.name(), kind, material, Map.of(), hashed, Optional.empty());
        }
        Accessory accessory = (Accessory) named.keys();
        Alignment alignment = new Alignment(
                accessory.alignment().time(), accessory.alignment().index());
        // By its first key the same accessory is known again, whatever its name and its alignment are by then.
        List<String> first = List.of(accessory.primaryKey(0).hashed().base64());
        return new NewTracker(named.name(), ACCESSORY, Secret.ofText(text), Map.of(), first, Optional.of(alignment));
    }

    private static String withPublicKeys(String text, StaticKeys keys) {
        try {
            ObjectNode members = (ObjectNode) JSON.readTree(text);
            ArrayNode publicKeys = members.putArray(PUBLIC);
            keys.keys().forEach(key -> publicKeys.add(key.advertisementKey().base64()));
            return JSON.writeValueAsString(members);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what the client writes is JSON", e);
        }
    }

    /**
     * The keys of a stored tracker, with its stored alignment.
     *
     * @throws IllegalArgumentException if the material cannot be read; the message holds nothing of it
     */
    public static TrackerKeys fromStore(Tracker tracker) {
        byte[] material = tracker.keyMaterial().bytes();
        return withPublicKeys(material)
                .<TrackerKeys>map(Function.identity())
                .orElseGet(() -> fromKeyFile(tracker, material));
    }

    /** Static keys whose public keys stand beside; empty for everything else, and for what another program stored. */
    private static Optional<StaticKeys> withPublicKeys(byte[] material) {
        try {
            JsonNode members = JSON.readTree(material);
            JsonNode publicKeys = members.path(PUBLIC);
            List<byte[]> scalars = new ArrayList<>();
            if (members.path("private_key").isTextual()) {
                scalars.add(base64(members.path("private_key")));
            }
            members.path("private_keys")
                    .forEach(key -> scalars.add(HexFormat.of().parseHex(key.asText())));
            if (scalars.isEmpty() || scalars.size() != publicKeys.size()) {
                return Optional.empty();
            }
            List<PrivateTrackerKey> keys = new ArrayList<>(scalars.size());
            for (int at = 0; at < scalars.size(); at++) {
                keys.add(PrivateTrackerKey.ofPair(scalars.get(at), AdvertisementKey.of(base64(publicKeys.get(at)))));
            }
            return Optional.of(new StaticKeys(keys));
        } catch (IOException | IllegalArgumentException e) {
            // The key file's reader says what is wrong with it.
            return Optional.empty();
        }
    }

    private static byte[] base64(JsonNode text) {
        return Base64.getDecoder().decode(text.asText());
    }

    private static TrackerKeys fromKeyFile(Tracker tracker, byte[] material) {
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
