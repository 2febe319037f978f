import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.trackerreports.sinks.Delivery;
import org.trackerreports.sinks.SightedTracker;
import org.trackerreports.sinks.SightingEvent;
import org.trackerreports.sinks.Sink;
import org.trackerreports.sinks.connection.HttpAddress;
import org.trackerreports.sinks.webhook.WebhookSecret;
import org.trackerreports.sinks.webhook.WebhookSettings;
import org.trackerreports.sinks.webhook.WebhookSink;

/** Sends one position to a webhook. Arguments: the URL and the secret (whsec_…). */
public final class UseSink {

    public static void main(String[] arguments) {
        Instant now = Instant.now();
        SightedTracker bike = new SightedTracker(17, "Bike", Map.of("owner", "anna"));
        SightingEvent position = new SightingEvent.Report(
                "rep_" + now.toEpochMilli(), "", bike, false, now, now, 52.1, 13.2, OptionalDouble.of(34), 2,
                Optional.empty(), List.of(), false, Optional.of("Berlin, DE"));
        WebhookSettings settings = WebhookSettings.of(
                HttpAddress.of(URI.create(arguments[0])), WebhookSecret.of(arguments[1]), Clock.systemUTC());
        try (Sink sink = new WebhookSink(settings)) {
            Delivery delivery = sink.deliver(List.of(position));
            System.out.println(switch (delivery.kind()) {
                case DONE -> "delivered";
                case TRY_LATER -> "deliver it again later: " + ((Delivery.TryLater) delivery).reason();
                case REFUSED -> "refused: " + ((Delivery.Refused) delivery).refusals();
                case SWITCHED_OFF -> "never again: " + ((Delivery.SwitchedOff) delivery).reason();
            });
        }
    }
}
