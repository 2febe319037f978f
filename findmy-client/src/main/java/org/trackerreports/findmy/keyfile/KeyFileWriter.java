package org.trackerreports.findmy.keyfile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.key.StaticKeys;

/** Writes trackers in formats that other programs read. Stateless and thread-safe. */
final class KeyFileWriter {

    private static final JsonMapper MAPPER = new JsonMapper();

    private KeyFileWriter() {}

    static String findMyPy(NamedKeys tracker) {
        if (tracker.keys() instanceof Accessory accessory) {
            return json(accessory(tracker, accessory));
        }
        StaticKeys keys = (StaticKeys) tracker.keys();
        // A keypair has no identifier.
        boolean pair = keys.keys().size() == 1 && tracker.identifier().isEmpty();
        return json(pair ? keyPair(tracker, keys.keys().get(0)) : keyList(tracker, keys));
    }

    static String keysText(StaticKeys keys) {
        StringBuilder text = new StringBuilder();
        for (PrivateTrackerKey key : keys.keys()) {
            text.append("Private key: ")
                    .append(secret(key, Base64.getEncoder()::encodeToString))
                    .append("\nAdvertisement key: ")
                    .append(key.advertisementKey().base64())
                    .append("\nHashed adv key: ")
                    .append(key.hashed().base64())
                    .append('\n');
        }
        return text.toString();
    }

    static String devicesJson(List<NamedKeys> trackers) {
        return json(trackers.stream().map(KeyFileWriter::device).toList());
    }

    private static Map<String, Object> keyPair(NamedKeys tracker, PrivateTrackerKey key) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "keypair");
        members.put("private_key", secret(key, Base64.getEncoder()::encodeToString));
        members.put("key_type", 0);
        members.put("name", tracker.name());
        return members;
    }

    private static Map<String, Object> keyList(NamedKeys tracker, StaticKeys keys) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "custom_rolling_key_accessory");
        members.put(
                "private_keys",
                keys.keys().stream()
                        .map(key -> secret(key, HexFormat.of()::formatHex))
                        .toList());
        members.put("name", tracker.name());
        members.put("identifier", tracker.identifier().orElse(null));
        return members;
    }

    private static Map<String, Object> accessory(NamedKeys tracker, Accessory accessory) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "accessory");
        members.put("master_key", secret(accessory.master(), HexFormat.of()::formatHex));
        members.put("skn", encoded(accessory.primarySecret(), HexFormat.of()::formatHex));
        members.put("sks", encoded(accessory.secondarySecret(), HexFormat.of()::formatHex));
        members.put("paired_at", iso(accessory.pairedAt()));
        members.put("name", tracker.name());
        // FindMy.py requires the member, but not a value.
        members.put("model", null);
        members.put("identifier", tracker.identifier().orElse(null));
        members.put("group_identifier", null);
        members.put("serial_number", null);
        members.put("alignment_date", iso(accessory.alignment().time()));
        members.put("alignment_index", accessory.alignment().index());
        return members;
    }

    private static Map<String, Object> device(NamedKeys tracker) {
        if (!(tracker.keys() instanceof StaticKeys keys)) {
            throw new IllegalArgumentException("devices.json supports only static keys; \"" + tracker.name()
                    + "\" has rolling keys, which FindMy.py's JSON supports");
        }
        List<PrivateTrackerKey> all = keys.keys();
        PrivateTrackerKey last = all.get(all.size() - 1);
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", deviceId(tracker, last));
        members.put("colorComponents", List.of(0, 1, 0, 1));
        members.put("name", tracker.name());
        members.put("privateKey", secret(last, Base64.getEncoder()::encodeToString));
        members.put("icon", "");
        members.put("isDeployed", true);
        members.put("isActive", true);
        members.put(
                "additionalKeys",
                all.subList(0, all.size() - 1).stream()
                        .map(key -> secret(key, Base64.getEncoder()::encodeToString))
                        .toList());
        return members;
    }

    /** The app requires a number: the tracker's identifier if it is a number, or else one that is always the same for the key. */
    private static long deviceId(NamedKeys tracker, PrivateTrackerKey key) {
        return tracker.identifier()
                .filter(text -> text.matches("-?[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElse((long) (key.hashCode() & Integer.MAX_VALUE));
    }

    private static String iso(Instant instant) {
        return instant.toString().replace("Z", "+00:00");
    }

    private static String secret(PrivateTrackerKey key, Function<byte[], String> encoding) {
        return encoded(key.secretBytes(), encoding);
    }

    /** Encodes a secret, and wipes the copy. */
    private static String encoded(byte[] copy, Function<byte[], String> encoding) {
        try {
            return encoding.apply(copy);
        } finally {
            Arrays.fill(copy, (byte) 0);
        }
    }

    private static String json(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of strings and numbers can always be written", e);
        }
    }
}
