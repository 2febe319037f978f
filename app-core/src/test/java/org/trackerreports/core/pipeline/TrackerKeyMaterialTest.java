package org.trackerreports.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.key.StaticKeys;
import org.trackerreports.findmy.keyfile.KeyFiles;
import org.trackerreports.findmy.keyfile.NamedKeys;
import org.trackerreports.store.secret.Secret;
import org.trackerreports.store.tracker.NewTracker;
import org.trackerreports.store.tracker.Tracker;

/** With the made-up keys of the protocol's vectors. */
class TrackerKeyMaterialTest {

    private static final String PRIVATE = "Rjh3iCif9EtMn7sPeI4MsLWh3I4K1MTSlvCMSQ==";
    private static final String HASHED = "fO4rtYlPRRV5q/UWddnj41+i5xDeaK62oGp3Az8nVJ4=";

    /** The first two keys of a list, in hexadecimal. */
    private static final String FIRST = "be56073c49bf5a9d6982e8f2041c95715a59e33e99702eb65e17d82a";

    private static final String SECOND = "2465fc3cf58f47cd13fbc72eb0e1519b6b1ef6bc354b726e94eb21f3";

    private static Tracker stored(String material) {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        return new Tracker(1, "Bike", "static", Secret.ofText(material), Map.of(), true, Optional.empty(), now, now);
    }

    private static StaticKeys read(String material) {
        return (StaticKeys) TrackerKeyMaterial.fromStore(stored(material));
    }

    private static List<NamedKeys> imported(String file) {
        return KeyFiles.read("file", file.getBytes(StandardCharsets.UTF_8)).trackers();
    }

    @Test
    void keepsAKeyWithItsPublicPart() {
        NewTracker tracker = TrackerKeyMaterial.toStore(
                imported("Private key: " + PRIVATE + "\n").get(0));

        assertThat(tracker.hashedKeys()).containsExactly(HASHED);
        assertThat(tracker.keyMaterial().text()).contains("IkgC1s4XamKclsIXdfzM+D8AafG0y+gNS653Wg==");
        PrivateTrackerKey key = read(tracker.keyMaterial().text()).keys().get(0);
        assertThat(key.hashed().base64()).isEqualTo(HASHED);
        assertThat(Base64.getEncoder().encodeToString(key.secretBytes())).isEqualTo(PRIVATE);
    }

    @Test
    void keepsAListInItsOrder() {
        String list = "{\"type\": \"custom_rolling_key_accessory\", \"private_keys\": [\"" + FIRST + "\", \"" + SECOND
                + "\"], \"name\": \"Van\", \"identifier\": \"4711\"}";
        NamedKeys van = imported(list).get(0);
        NewTracker tracker = TrackerKeyMaterial.toStore(van);

        List<PrivateTrackerKey> keys = read(tracker.keyMaterial().text()).keys();
        assertThat(keys).isEqualTo(((StaticKeys) van.keys()).keys());
        assertThat(keys.get(1).secretBytes()).isEqualTo(HexFormat.of().parseHex(SECOND));
    }

    @Test
    void readsWhatWasStoredWithoutPublicKeys() {
        String plain =
                "{\"type\": \"keypair\", \"private_key\": \"" + PRIVATE + "\", \"key_type\": 0, \"name\": \"Bike\"}";

        assertThat(read(plain).keys().get(0).hashed().base64()).isEqualTo(HASHED);
    }

    @Test
    void makesPublicKeysAnewWhereThoseBesideAreNoUse() {
        String broken = "{\"type\": \"keypair\", \"private_key\": \"" + PRIVATE
                + "\", \"key_type\": 0, \"name\": \"Bike\", \"advertisement_keys\": [\"AAAA\"]}";

        assertThat(read(broken).keys().get(0).hashed().base64()).isEqualTo(HASHED);
    }

    @Test
    void isAKeyFileForOthers() {
        NewTracker tracker = TrackerKeyMaterial.toStore(
                imported("Private key: " + PRIVATE + "\n").get(0));

        NamedKeys again = imported(tracker.keyMaterial().text()).get(0);
        assertThat(((StaticKeys) again.keys()).keys().get(0).hashed().base64()).isEqualTo(HASHED);
    }
}
