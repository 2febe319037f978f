package org.trackerreports.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Base64;
import org.trackerreports.simulator.world.Finders;
import org.trackerreports.simulator.world.KeySchedule;
import org.trackerreports.simulator.world.Position;
import org.trackerreports.simulator.world.Route;
import org.trackerreports.simulator.world.TagSpec;

/** Generated protocol values, checked against two independent implementations. */
public final class Vectors {
    private Vectors() {}

    /** The values with a given name. */
    public static JsonNode read(String member) {
        try (InputStream in =
                Vectors.class.getResourceAsStream("/org/trackerreports/simulator/protocol-vectors.json")) {
            return new ObjectMapper().readTree(in).path(member);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A tag with one of the static keys, seen every ten minutes at one place. */
    static TagSpec tag(String name, JsonNode staticKey) {
        byte[] key = Base64.getDecoder().decode(staticKey.get("adv_key_b64").asText());
        return TagSpec.of(
                name,
                KeySchedule.fixed(key),
                Route.stayingAt(Position.ofDegrees(52.52, 13.405)),
                Finders.every(Duration.ofMinutes(10)));
    }
}
