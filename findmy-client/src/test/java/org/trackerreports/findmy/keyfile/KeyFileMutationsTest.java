package org.trackerreports.findmy.keyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.Vectors;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.key.StaticKeys;

/** Files of every format with random damage: never an exception, never a key that is none, never a secret in a message. */
class KeyFileMutationsTest {

    private static final long SEED = Long.getLong("keyfile.seed", 20_260_101L);
    private static final int MUTATIONS = 10_000;
    private static final byte[] TELLING = {0, 1, '\n', ' ', '"', '#', '<', '=', '[', '{', '}', ':', 0x7F, (byte) 0xFF};

    /** Another implementation than the one under test. */
    private static final X9ECParameters CURVE = SECNamedCurves.getByName("secp224r1");

    private final Map<String, Boolean> checked = new HashMap<>();

    @Test
    void neverThrowsAndNeverAcceptsAnInvalidKey() throws IOException {
        List<byte[]> files = allFormats();
        Set<String> secrets = secretsOf(files);
        Set<KeyFileFormat> formats = new HashSet<>();
        Random random = new Random(SEED);
        int accepted = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] mutant = files.get(i % files.size());
            for (int times = 1 + random.nextInt(3); times > 0; times--) {
                mutant = mutate(mutant, files, random);
            }
            String about = "seed " + SEED + ", mutation " + i;
            KeyFile file = read(mutant, about);
            formats.add(file.format());
            file.problems()
                    .forEach(each -> secrets.forEach(
                            secret -> assertThat(each.message()).as(about).doesNotContain(secret)));
            for (NamedKeys tracker : file.trackers()) {
                check(tracker, about);
                accepted++;
            }
        }
        assertThat(formats).as("every format stays recognisable under damage").contains(KeyFileFormat.values());
        assertThat(accepted).as("much of the damage leaves entries whole").isGreaterThan(MUTATIONS / 10);
    }

    /** Where a file carries its own check values, one changed byte can lose a key but never turn it into another. */
    @Test
    void neverTurnsOneKeyIntoAnother() {
        Random random = new Random(SEED);
        for (JsonNode vector : Vectors.get("key_files")) {
            String name = vector.get("file_name").asText();
            boolean carriesCheckValues = Set.of(
                            "Bike.keys", "ABC123.keys", "wallet_e0aabbccddee.keys", "crlf.keys", "keys_export.plist")
                    .contains(name);
            if (!carriesCheckValues) {
                continue;
            }
            byte[] whole = KeyFileVectorsTest.content(vector);
            List<String> good = keys(KeyFiles.read(name, whole));
            for (int i = 0; i < 2_000; i++) {
                byte[] mutant = whole.clone();
                int at = random.nextInt(mutant.length);
                mutant[at] = (byte) random.nextInt(256);
                assertThat(good)
                        .as("seed %d, %s, byte %d = %d", SEED, name, at, mutant[at])
                        .containsAll(keys(KeyFiles.read(name, mutant)));
            }
        }
    }

    private static KeyFile read(byte[] content, String about) {
        try {
            return KeyFiles.read("mutant.bin", content);
        } catch (Throwable e) {
            return fail(about + ": " + Base64.getEncoder().encodeToString(content), e);
        }
    }

    private void check(NamedKeys tracker, String about) {
        if (tracker.keys() instanceof StaticKeys keys) {
            keys.keys().forEach(key -> check(key, about));
        } else {
            Accessory accessory = (Accessory) tracker.keys();
            check(accessory.master(), about);
            assertThat(accessory.primarySecret()).as(about).hasSize(32);
            assertThat(accessory.secondarySecret()).as(about).hasSize(32);
            assertThat(accessory.alignment().index()).as(about).isBetween(0, 4_000_000);
        }
        String written = KeyFiles.write(tracker);
        KeyFile back = read(written.getBytes(StandardCharsets.UTF_8), about);
        assertThat(back.problems()).as(about).isEmpty();
        assertThat(back.trackers()).as(about).hasSize(1);
        assertThat(KeyFiles.write(back.trackers().get(0))).as(about).isEqualTo(written);
    }

    private void check(PrivateTrackerKey key, String about) {
        checked.computeIfAbsent(key.hashed().base64(), hashed -> {
            BigInteger d = new BigInteger(1, key.secretBytes());
            assertThat(d).as(about).isBetween(BigInteger.ONE, CURVE.getN().subtract(BigInteger.ONE));
            byte[] x = BigIntegers.asUnsignedByteArray(
                    28, CURVE.getG().multiply(d).normalize().getAffineXCoord().toBigInteger());
            assertThat(hashed).as(about).isEqualTo(Base64.getEncoder().encodeToString(sha256(x)));
            return true;
        });
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] mutate(byte[] file, List<byte[]> files, Random random) {
        if (file.length == 0) {
            return new byte[] {(byte) random.nextInt(256)};
        }
        int at = random.nextInt(file.length);
        int length = Math.min(file.length - at, 1 + random.nextInt(random.nextBoolean() ? 4 : 60));
        byte[] result = file.clone();
        switch (random.nextInt(8)) {
            case 0 -> result[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> result[at] = (byte) random.nextInt(256);
            case 2 -> result[at] = TELLING[random.nextInt(TELLING.length)];
            case 3 -> result = splice(file, at, length, new byte[0]);
            case 4 -> result = splice(file, at, 0, Arrays.copyOfRange(file, at, at + length));
            case 5 -> result = Arrays.copyOf(file, at);
            case 6 -> {
                byte[] other = files.get(random.nextInt(files.size()));
                int from = random.nextInt(other.length);
                int to = Math.min(other.length, from + length);
                result = splice(file, at, length, Arrays.copyOfRange(other, from, to));
            }
            default -> Arrays.fill(result, at, at + length, (byte) random.nextInt(256));
        }
        return result;
    }

    private static byte[] splice(byte[] file, int at, int remove, byte[] insert) {
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        result.write(file, 0, at);
        result.write(insert, 0, insert.length);
        result.write(file, at + remove, file.length - at - remove);
        return result.toByteArray();
    }

    /** The files of the vectors, and one of each format that they do not have. */
    private static List<byte[]> allFormats() throws IOException {
        List<byte[]> files = new ArrayList<>();
        Map<String, byte[]> zip = new LinkedHashMap<>();
        for (JsonNode vector : Vectors.get("key_files")) {
            byte[] content = KeyFileVectorsTest.content(vector);
            files.add(content);
            zip.put(vector.get("file_name").asText(), content);
        }
        files.add(ZipFilesTest.zip(zip));
        files.add(Vectors.base64(Vectors.get("beaconstore_record"), "record_b64"));
        files.add(
                "x:\n  keys:\n    - iX7eCMTJCasyYh7gTVdUw2WFxTvRujRh4d80YA==\n    - ZWuOeU9lDt2gz6jfTIc+LNI1GYApbZ1Y0i6t9g==\n"
                        .getBytes(StandardCharsets.UTF_8));
        byte[] cache = new byte[32 + 118];
        cache[0] = 'K';
        cache[1] = 'E';
        cache[2] = 'Y';
        files.add(cache);
        files.add("\uFEFFRjh3iCif9EtMn7sPeI4MsLWh3I4K1MTSlvCMSQ==\r\n".getBytes(StandardCharsets.UTF_16LE));
        return files;
    }

    /** The secrets of the unharmed files in the forms in which a message could repeat them, cut to what nothing else begins with. */
    private static Set<String> secretsOf(List<byte[]> files) {
        Set<String> secrets = new HashSet<>();
        for (byte[] content : files) {
            for (NamedKeys tracker : KeyFiles.read("x", content).trackers()) {
                List<byte[]> each = new ArrayList<>();
                if (tracker.keys() instanceof StaticKeys keys) {
                    keys.keys().forEach(key -> each.add(key.secretBytes()));
                } else {
                    Accessory accessory = (Accessory) tracker.keys();
                    each.addAll(List.of(
                            accessory.master().secretBytes(), accessory.primarySecret(), accessory.secondarySecret()));
                }
                each.forEach(secret -> {
                    secrets.add(Base64.getEncoder().encodeToString(secret).substring(0, 12));
                    secrets.add(HexFormat.of().formatHex(secret).substring(0, 12));
                });
            }
        }
        assertThat(secrets).hasSizeGreaterThan(15);
        return secrets;
    }

    private static List<String> keys(KeyFile file) {
        return file.trackers().stream()
                .flatMap(each -> ((StaticKeys) each.keys()).keys().stream())
                .map(key -> key.hashed().base64())
                .toList();
    }
}
