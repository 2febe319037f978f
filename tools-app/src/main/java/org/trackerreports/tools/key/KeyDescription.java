package org.trackerreports.tools.key;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.keyfile.KeyKind;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.key.StaticKeys;
import org.trackerreports.findmy.keyfile.NamedKeys;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.text.Json;

/**
 * A tracker of a key file with its keys.
 *
 * @param named the tracker
 * @param keys all static keys; of an accessory, the keys at the selected indices
 */
record KeyDescription(NamedKeys named, List<Key> keys) {

    /** Far enough for a hundred years of quarter hours. */
    private static final int LAST_INDEX = 4_000_000;

    /**
     * Checks the values of {@code --at-index}.
     *
     * @throws CommandFailure if one is out of range
     */
    static void requireIndices(Collection<Integer> indices) throws CommandFailure {
        for (int index : indices) {
            if (index < 0 || index > LAST_INDEX) {
                throw new CommandFailure(
                        ExitCode.USAGE, "--at-index is " + index + "; expected numbers from 0 to " + LAST_INDEX + ".");
            }
        }
    }

    /**
     * One key.
     *
     * @param type {@code static}, {@code primary} or {@code secondary}
     * @param index the index of an accessory's key
     */
    record Key(String type, OptionalInt index, PrivateTrackerKey key) {

        String label() {
            return index.isPresent() ? type + " " + index.getAsInt() : type;
        }

        /** The private key as base64; whoever has it can follow the tracker. */
        String secret() {
            byte[] bytes = key.secretBytes();
            try {
                return Base64.getEncoder().encodeToString(bytes);
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
        }
    }

    /**
     * Describes a tracker.
     *
     * @param indices primary indices; if empty, the index of the last known alignment
     */
    static KeyDescription of(NamedKeys named, Collection<Integer> indices) {
        List<Key> keys = new ArrayList<>();
        if (named.keys() instanceof StaticKeys fixed) {
            fixed.keys().forEach(key -> keys.add(new Key("static", OptionalInt.empty(), key)));
            return new KeyDescription(named, keys);
        }
        Accessory accessory = (Accessory) named.keys();
        Collection<Integer> primary =
                indices.isEmpty() ? List.of(accessory.alignment().index()) : new TreeSet<>(indices);
        TreeSet<Integer> secondary = new TreeSet<>();
        for (int index : primary) {
            keys.add(new Key("primary", OptionalInt.of(index), accessory.primaryKey(index)));
            secondary.addAll(Accessory.secondaryIndices(index));
        }
        secondary.forEach(
                index -> keys.add(new Key("secondary", OptionalInt.of(index), accessory.secondaryKey(index))));
        return new KeyDescription(named, keys);
    }

    ObjectNode json(boolean secrets) {
        ObjectNode json = Json.object()
                .put("tracker", named.name())
                .put("kind", KeyKind.of(named.keys()))
                .put("identifier", named.identifier().orElse(null));
        if (named.keys() instanceof Accessory accessory) {
            json.put("paired_time", accessory.pairedAt().toString())
                    .put("alignment_time", accessory.alignment().time().toString())
                    .put("alignment_index", accessory.alignment().index());
        }
        ArrayNode array = json.putArray("keys");
        for (Key key : keys) {
            ObjectNode each = array.addObject().put("type", key.type());
            key.index().ifPresent(index -> each.put("index", index));
            each.put("hashed_adv_key", key.key().hashed().base64())
                    .put("adv_key", key.key().advertisementKey().base64())
                    .put("mac_address", key.key().advertisementKey().macAddress());
            if (secrets) {
                each.put("private_key", key.secret());
            }
        }
        return json;
    }
}
