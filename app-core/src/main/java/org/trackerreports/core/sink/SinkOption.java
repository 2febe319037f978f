package org.trackerreports.core.sink;

import java.util.List;
import java.util.Set;

/**
 * A line that a file of a sink can have.
 *
 * @param types the kinds of sinks that have it
 * @param example a value
 */
public record SinkOption(String name, Set<SinkType> types, String example, String description) {

    private static final Set<SinkType> ALL_TYPES = Set.of(SinkType.values());
    private static final Set<SinkType> MQTT = Set.of(SinkType.HOMEASSISTANT, SinkType.OWNTRACKS);
    private static final Set<SinkType> WEBHOOK = Set.of(SinkType.WEBHOOK);
    private static final Set<SinkType> HOME_ASSISTANT = Set.of(SinkType.HOMEASSISTANT);

    /** All of them, in the order of the documentation. */
    public static final List<SinkOption> ALL = List.of(
            all("TYPE", "webhook", "What it is: webhook, homeassistant, traccar, owntracks or dawarich."),
            all(
                    "URL",
                    "https://example.com/hook",
                    "Where it is. Home Assistant: mqtt://HOST:PORT or mqtts://HOST:PORT of its broker; OwnTracks: the same, or"
                            + " an address that ends in /pub; Traccar: its OsmAnd port; Dawarich: its base address."),
            all("USER", "anna", "The user of the server or broker. OwnTracks files the devices under this name."),
            all("PASSWORD_FILE", "/etc/trackerreports/sinks/hook.password", "A file with the password of USER."),
            new SinkOption(
                    "API_KEY_FILE",
                    Set.of(SinkType.WEBHOOK, SinkType.TRACCAR, SinkType.DAWARICH),
                    "/etc/trackerreports/sinks/dawarich.key",
                    "A file with the API key of Dawarich, the token of Traccar's API, or the bearer token of a webhook."),
            new SinkOption(
                    "SECRET_FILE",
                    WEBHOOK,
                    "/etc/trackerreports/sinks/hook.secret",
                    "A file with the secrets that sign each request (whsec_… or whsk_…), one a line: the new and the old one"
                            + " while a secret changes."),
            all(
                    "TRUST_CERTIFICATE",
                    "/etc/trackerreports/home-ca.pem",
                    "A PEM file with the certificates to trust instead of those of Java."),
            all("LABELS", "owner=anna,kind=bike", "Only trackers with all of these labels."),
            all("MIN_CONFIDENCE", "2", "The confidence that a report needs, 0 to 3. Default: 2."),
            all(
                    "FLAGS",
                    "without",
                    "without (default) leaves out reports whose position is wrong, with tells all, only those with a flag."),
            all("MAX_AGE", "6h", "Only what happened within this time. Default: no limit."),
            all(
                    "EVENTS",
                    "place.entered,place.left",
                    "Types of events, separated by commas. Default: what a program of this kind can use."),
            all(
                    "START",
                    "beginning",
                    "Where a new sink begins: end (default), or beginning for all that the feed still has."),
            new SinkOption(
                    "ALERT_GAP",
                    WEBHOOK,
                    "15m",
                    "At most one alert for a tracker at a place in this time; then the last state is told. Default: 15m."),
            new SinkOption(
                    "BATCH",
                    WEBHOOK,
                    "100",
                    "Up to so many events in one request, 1 to 100. Default: one event, unwrapped."),
            new SinkOption(
                    "CLOUDEVENTS_SOURCE", WEBHOOK, "urn:example:home", "Sends CloudEvents 1.0 with this source."),
            new SinkOption(
                    "TEXT",
                    WEBHOOK,
                    "{tracker} {event}",
                    "Sends a plain text: {tracker}, {event}, {place}, {time}, {city}, {battery} and {type} are replaced."),
            new SinkOption(
                    "API_URL",
                    Set.of(SinkType.TRACCAR),
                    "http://traccar:8082",
                    "The web interface of Traccar, where missing devices are made with API_KEY_FILE."),
            new SinkOption(
                    "TOPIC",
                    HOME_ASSISTANT,
                    "trackerreports",
                    "The first part of the topics and ids. Default: trackerreports; choose another one for a second system"
                            + " at the same broker."),
            new SinkOption(
                    "DISCOVERY_PREFIX",
                    HOME_ASSISTANT,
                    "homeassistant",
                    "The discovery prefix that Home Assistant has. Default: homeassistant."),
            new SinkOption(
                    "STALE_AFTER",
                    HOME_ASSISTANT,
                    "24h",
                    "A tracker without report for this long becomes unavailable. Default: never."),
            new SinkOption(
                    "CLIENT_ID",
                    MQTT,
                    "trackerreports",
                    "What the broker knows the connection by. Default: trackerreports- and the name of the sink."));

    public SinkOption {
        types = Set.copyOf(types);
    }

    private static SinkOption all(String name, String example, String description) {
        return new SinkOption(name, ALL_TYPES, example, description);
    }
}
