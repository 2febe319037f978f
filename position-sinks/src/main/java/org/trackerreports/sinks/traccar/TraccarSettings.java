package org.trackerreports.sinks.traccar;

import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.trackerreports.sinks.connection.HttpAddress;

/**
 * The settings of a Traccar server.
 *
 * @param address where it takes positions of the OsmAnd protocol, usually port 5055
 * @param api where it takes new devices, with its token; empty if devices are made by hand
 * @param clock tells times of answers
 */
public record TraccarSettings(HttpAddress address, Optional<HttpAddress> api, Clock clock) {

    /** A tracker with this label has its value as its id in Traccar. */
    public static final String ID_LABEL = "traccar_id";

    public TraccarSettings {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(api, "api");
        Objects.requireNonNull(clock, "clock");
        if (address.url().getRawQuery() != null) {
            // Traccar reads a query instead of the body.
            throw new IllegalArgumentException("the address of Traccar's OsmAnd port has no query");
        }
    }

    /** A server whose devices are made by hand. */
    public static TraccarSettings of(HttpAddress address, Clock clock) {
        return new TraccarSettings(address, Optional.empty(), clock);
    }

    /**
     * Makes missing devices.
     *
     * @param url of the web interface, usually port 8082
     * @param token of a user who may add devices
     */
    public TraccarSettings makingDevices(URI url, String token) {
        HttpAddress web =
                new HttpAddress(url, Optional.empty(), Optional.of(token), address.trusted(), address.proxy());
        return new TraccarSettings(address, Optional.of(web), clock);
    }
}
