package org.trackerreports.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Made-up protocol values that were checked against two independent implementations. */
public final class Vectors {
    private Vectors() {}

    public static JsonNode read(String member) {
        try (InputStream in =
                Vectors.class.getResourceAsStream("/org/trackerreports/simulator/protocol-vectors.json")) {
            return new ObjectMapper().readTree(in).path(member);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
