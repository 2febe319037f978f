package org.trackerreports.sinks.webhook;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.trackerreports.sinks.connection.HttpAddress;

/**
 * The settings of a webhook.
 *
 * @param secrets each signs every request; several while a secret changes; none for a receiver that checks nothing
 * @param clock gives the time of each try
 */
public record WebhookSettings(HttpAddress address, List<WebhookSecret> secrets, WebhookFormat format, Clock clock) {

    public WebhookSettings {
        Objects.requireNonNull(address, "address");
        secrets = List.copyOf(secrets);
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(clock, "clock");
    }

    /** One JSON object for each event, signed with one secret. */
    public static WebhookSettings of(HttpAddress address, WebhookSecret secret, Clock clock) {
        return new WebhookSettings(address, List.of(secret), new WebhookFormat.Single(), clock);
    }

    public WebhookSettings withFormat(WebhookFormat other) {
        return new WebhookSettings(address, secrets, other, clock);
    }

    public WebhookSettings withSecrets(List<WebhookSecret> others) {
        return new WebhookSettings(address, others, format, clock);
    }
}
