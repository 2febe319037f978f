package org.trackerreports.findmy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.dd.plist.NSDictionary;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.Vectors;

/** Nothing that a sign-in service can send makes the reading of it throw. */
class PlistMutationsTest {

    private static final long SEED = 99;
    private static final byte[] NOISE =
            "<>/&;\"'=![]-?%0xkeydatarelintegdictarraystrng \u0000".getBytes(StandardCharsets.ISO_8859_1);

    @Test
    void noMutationOfAPropertyListThrows() {
        JsonNode sealed = Vectors.get("spd").get("cases").get(0);
        byte[] answer = Plists.write(Map.of(
                "Header",
                Map.of(),
                "Response",
                Map.of("s", new byte[16], "i", 20082, "c", "cookie", "Status", Map.of("ec", 0, "hsc", 200))));
        Random random = new Random(SEED);
        for (byte[] original : List.of(
                answer, Base64.getDecoder().decode(sealed.get("plaintext_b64").asText()))) {
            assertThat(Plists.readDictionary(original)).isPresent();
            for (int round = 0; round < 5_000; round++) {
                byte[] mutated = mutated(original, random);
                assertThatCode(() -> Plists.readDictionary(mutated).ifPresent(PlistMutationsTest::readEverything))
                        .as("seed %d, round %d", SEED, round)
                        .doesNotThrowAnyException();
            }
        }
    }

    private static void readEverything(NSDictionary found) {
        for (String name : List.of("Header", "Response", "adsid", "GsIdmsToken", "t", "Status", "ec", "s", "i")) {
            Plists.dictionary(found, name).ifPresent(inner -> Plists.number(inner, "ec"));
            Plists.text(found, name);
            Plists.number(found, name);
            Plists.data(found, name);
        }
    }

    private static byte[] mutated(byte[] original, Random random) {
        byte[] bytes = original.clone();
        for (int change = 0; change <= random.nextInt(6); change++) {
            bytes[random.nextInt(bytes.length)] =
                    random.nextBoolean() ? NOISE[random.nextInt(NOISE.length)] : (byte) random.nextInt(256);
        }
        int end = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
        return Arrays.copyOf(bytes, end);
    }

    @Test
    void entitiesAreNotLoaded() {
        String bomb = "<?xml version=\"1.0\"?><!DOCTYPE plist [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>"
                + "<plist><dict><key>x</key><string>&a;</string></dict></plist>";
        assertThat(Plists.readDictionary(bomb.getBytes(StandardCharsets.UTF_8))
                        .flatMap(found -> Plists.text(found, "x"))
                        .filter(text -> !text.isBlank()))
                .isEmpty();
    }
}
