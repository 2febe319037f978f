package org.trackerreports.core.sink;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.trackerreports.core.ProjectVersion;
import org.trackerreports.core.config.OptionType;
import org.trackerreports.sinks.PublishedPositions;
import org.trackerreports.sinks.Sink;
import org.trackerreports.sinks.connection.Credentials;
import org.trackerreports.sinks.connection.HttpAddress;
import org.trackerreports.sinks.connection.MqttAddress;
import org.trackerreports.sinks.dawarich.DawarichSettings;
import org.trackerreports.sinks.dawarich.DawarichSink;
import org.trackerreports.sinks.homeassistant.HomeAssistantSettings;
import org.trackerreports.sinks.homeassistant.HomeAssistantSink;
import org.trackerreports.sinks.owntracks.OwnTracksHttpSettings;
import org.trackerreports.sinks.owntracks.OwnTracksHttpSink;
import org.trackerreports.sinks.owntracks.OwnTracksMqttSettings;
import org.trackerreports.sinks.owntracks.OwnTracksMqttSink;
import org.trackerreports.sinks.traccar.TraccarSettings;
import org.trackerreports.sinks.traccar.TraccarSink;
import org.trackerreports.sinks.webhook.WebhookFormat;
import org.trackerreports.sinks.webhook.WebhookSecret;
import org.trackerreports.sinks.webhook.WebhookSettings;
import org.trackerreports.sinks.webhook.WebhookSink;

/** Turns the lines of a file into what reaches the program. One use. */
final class SinkTargets {

    private static final String OF_TEST = "-test";

    /** Settings are made once to find out whether they are right. */
    private static final Clock ANY_CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    private static final String OWNTRACKS_USER = "owntracks";
    private static final int MOST_IN_A_BATCH = 100;
    private static final String DAWARICH_URL = "https://dawarich.example.com";

    private final SinkFileParser lines;
    private final String name;
    private final SinkType type;

    SinkTargets(SinkFileParser lines, String name, SinkType type) {
        this.lines = lines;
        this.name = name;
        this.type = type;
    }

    /** Null if something is wrong, which was noted. */
    @Nullable
    SinkTarget target() {
        Optional<URI> url = lines.url("URL");
        if (url.isEmpty()) {
            if (lines.text("URL").isEmpty()) {
                lines.problem("URL is missing; "
                        + (type == SinkType.DAWARICH ? "for example " + DAWARICH_URL : "it says where the program is"));
            }
            return null;
        }
        return switch (type) {
            case WEBHOOK -> webhook(url.get());
            case HOMEASSISTANT -> homeAssistant(url.get());
            case TRACCAR -> traccar(url.get());
            case OWNTRACKS -> isMqtt(url.get()) ? ownTracksByMqtt(url.get()) : ownTracksByHttp(url.get());
            case DAWARICH -> dawarich(url.get());
        };
    }

    private static boolean isMqtt(URI url) {
        return String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT).startsWith("mqtt");
    }

    /** A sink that makes nothing of its own known to others. */
    private static SinkTarget plain(BiFunction<PublishedPositions, Clock, Sink> open) {
        return new SinkTarget() {
            @Override
            public Sink open(PublishedPositions published, Clock clock) {
                return open.apply(published, clock);
            }

            @Override
            public Sink openForTest(Clock clock) {
                return open.apply(PublishedPositions.inMemory(), clock);
            }
        };
    }

    private Optional<HttpAddress> http(URI url, Optional<String> token) {
        Optional<Credentials> credentials = lines.credentials();
        return lines.attempt(() -> new HttpAddress(url, credentials, token, lines.trusted(), lines.proxies()));
    }

    private @Nullable SinkTarget webhook(URI url) {
        Optional<HttpAddress> address = http(url, lines.secret("API_KEY_FILE"));
        Optional<List<WebhookSecret>> secrets = lines.attempt(() -> lines.secret("SECRET_FILE").stream()
                .flatMap(String::lines)
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(WebhookSecret::of)
                .toList());
        Optional<WebhookFormat> format = format();
        if (address.isEmpty() || secrets.isEmpty() || format.isEmpty()) {
            return null;
        }
        return plain((published, clock) ->
                new WebhookSink(new WebhookSettings(address.get(), secrets.get(), format.get(), clock)));
    }

    private Optional<WebhookFormat> format() {
        Optional<Integer> batch = lines.value("BATCH", OptionType.number(1, MOST_IN_A_BATCH));
        Optional<String> source = lines.text("CLOUDEVENTS_SOURCE");
        Optional<String> text = lines.text("TEXT");
        if (text.isPresent() && (batch.isPresent() || source.isPresent())) {
            lines.problem("TEXT stands alone; BATCH and CLOUDEVENTS_SOURCE are for programs");
            return Optional.empty();
        }
        if (text.isPresent()) {
            return text.map(WebhookFormat.Text::new);
        }
        if (source.isPresent()) {
            return Optional.of(
                    batch.isPresent()
                            ? new WebhookFormat.CloudEventsBatch(source.get(), batch.get())
                            : new WebhookFormat.CloudEvents(source.get()));
        }
        return Optional.of(batch.isPresent() ? new WebhookFormat.Batch(batch.get()) : new WebhookFormat.Single());
    }

    private @Nullable SinkTarget dawarich(URI url) {
        Optional<String> key = lines.secret("API_KEY_FILE");
        if (key.isEmpty() && lines.text("API_KEY_FILE").isEmpty()) {
            lines.problem("API_KEY_FILE is missing; Dawarich shows the key in the settings of the account");
        }
        Optional<HttpAddress> address = http(url, key);
        return address.isEmpty()
                ? null
                : plain((published, clock) -> new DawarichSink(DawarichSettings.of(address.get(), clock)));
    }

    private @Nullable SinkTarget traccar(URI url) {
        Optional<HttpAddress> address = http(url, Optional.empty());
        Optional<String> token = lines.secret("API_KEY_FILE");
        Optional<URI> api = lines.url("API_URL");
        if (lines.text("API_URL").isPresent() != lines.text("API_KEY_FILE").isPresent()) {
            lines.problem("API_URL and API_KEY_FILE are set together, or none of them");
            return null;
        }
        if (address.isEmpty() || token.isPresent() != api.isPresent()) {
            return null;
        }
        Optional<TraccarSettings> settings = lines.attempt(() -> {
            TraccarSettings plain = TraccarSettings.of(address.get(), ANY_CLOCK);
            return api.isEmpty() ? plain : plain.makingDevices(api.get(), token.orElseThrow());
        });
        return settings.isEmpty()
                ? null
                : plain((published, clock) -> new TraccarSink(new TraccarSettings(
                        settings.get().address(), settings.get().api(), clock)));
    }

    private @Nullable SinkTarget ownTracksByHttp(URI url) {
        Optional<HttpAddress> address = http(url, Optional.empty());
        String user = lines.text("USER").orElse(OWNTRACKS_USER);
        Optional<OwnTracksHttpSettings> settings =
                address.flatMap(where -> lines.attempt(() -> new OwnTracksHttpSettings(where, user, ANY_CLOCK)));
        return settings.isEmpty()
                ? null
                : plain((published, clock) -> new OwnTracksHttpSink(
                        new OwnTracksHttpSettings(settings.get().address(), user, clock)));
    }

    private Optional<MqttAddress> broker(URI url) {
        Optional<Credentials> credentials = lines.credentials();
        return lines.attempt(() -> {
            MqttAddress broker =
                    MqttAddress.of(url).withClientId(lines.text("CLIENT_ID").orElse("trackerreports-" + name));
            MqttAddress known = credentials.map(broker::withCredentials).orElse(broker);
            return lines.trusted().map(known::withTrusted).orElse(known);
        });
    }

    private @Nullable SinkTarget ownTracksByMqtt(URI url) {
        Optional<MqttAddress> broker = broker(url);
        String user = lines.text("USER").orElse(OWNTRACKS_USER);
        Optional<OwnTracksMqttSettings> settings = broker.flatMap(
                where -> lines.attempt(() -> new OwnTracksMqttSettings(where, user, PublishedPositions.inMemory())));
        if (settings.isEmpty()) {
            return null;
        }
        MqttAddress where = settings.get().broker();
        return new SinkTarget() {
            @Override
            public Sink open(PublishedPositions published, Clock clock) {
                return new OwnTracksMqttSink(new OwnTracksMqttSettings(where, user, published));
            }

            @Override
            public Sink openForTest(Clock clock) {
                return new OwnTracksMqttSink(new OwnTracksMqttSettings(
                        where.withClientId(where.clientId() + OF_TEST), user, PublishedPositions.inMemory()));
            }
        };
    }

    private @Nullable SinkTarget homeAssistant(URI url) {
        Optional<MqttAddress> broker = broker(url);
        String prefix = lines.text("DISCOVERY_PREFIX").orElse(HomeAssistantSettings.DEFAULT_PREFIX);
        String topic = lines.text("TOPIC").orElse(HomeAssistantSettings.DEFAULT_TOPIC);
        Optional<Duration> staleAfter = lines.duration("STALE_AFTER", "h");
        SecureRandom random = new SecureRandom();
        Optional<HomeAssistantSettings> settings =
                broker.flatMap(where -> lines.attempt(() -> new HomeAssistantSettings(
                        where,
                        prefix,
                        topic,
                        staleAfter,
                        ProjectVersion.current(),
                        PublishedPositions.inMemory(),
                        ANY_CLOCK,
                        random)));
        if (settings.isEmpty()) {
            return null;
        }
        HomeAssistantSettings known = settings.get();
        return new SinkTarget() {
            @Override
            public Sink open(PublishedPositions published, Clock clock) {
                return new HomeAssistantSink(new HomeAssistantSettings(
                        known.broker(), prefix, topic, staleAfter, known.version(), published, clock, random));
            }

            @Override
            public Sink openForTest(Clock clock) {
                return new HomeAssistantSink(new HomeAssistantSettings(
                        known.broker().withClientId(known.broker().clientId() + OF_TEST),
                        prefix,
                        topic + OF_TEST,
                        staleAfter,
                        known.version(),
                        PublishedPositions.inMemory(),
                        clock,
                        random));
            }
        };
    }
}
