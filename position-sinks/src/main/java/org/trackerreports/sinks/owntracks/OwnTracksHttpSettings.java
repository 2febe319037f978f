package org.trackerreports.sinks.owntracks;

import java.time.Clock;
import java.util.Objects;
import org.trackerreports.sinks.connection.HttpAddress;

/**
 * The settings of an OwnTracks recorder by HTTP.
 *
 * @param address ends in {@code /pub}
 * @param user the name under which OwnTracks files the devices
 * @param clock tells times of answers
 */
public record OwnTracksHttpSettings(HttpAddress address, String user, Clock clock) {

    public OwnTracksHttpSettings {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(clock, "clock");
        String path = address.url().getPath();
        if (path == null || !path.endsWith("/pub") || address.url().getRawQuery() != null) {
            throw new IllegalArgumentException("the address of an OwnTracks recorder ends in /pub");
        }
        if (!user.matches("[^/]{1,100}")) {
            throw new IllegalArgumentException("the user is part of a topic of OwnTracks: no /");
        }
    }
}
