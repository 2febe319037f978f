package org.trackerreports.sinks.webhook;

import java.util.Objects;

/** What a webhook's body looks like. A {@code switch} over {@link #kind} is complete. */
public sealed interface WebhookFormat {

    /** Which of the formats this is. */
    enum Kind {
        SINGLE,
        BATCH,
        CLOUD_EVENTS,
        CLOUD_EVENTS_BATCH,
        TEXT
    }

    Kind kind();

    /** How many events one request has at most. */
    default int mostEvents() {
        return 1;
    }

    /** One JSON object for each event: {@code id}, {@code type}, {@code timestamp}, {@code data}. */
    record Single() implements WebhookFormat {

        @Override
        public Kind kind() {
            return Kind.SINGLE;
        }
    }

    /**
     * Several events in one object of the type {@code report.batch}.
     *
     * @param mostEvents 1 to 100
     */
    record Batch(int mostEvents) implements WebhookFormat {

        public Batch {
            requireCount(mostEvents);
        }

        @Override
        public Kind kind() {
            return Kind.BATCH;
        }
    }

    /**
     * CloudEvents 1.0 in structured JSON, one in each request.
     *
     * @param source a URI reference that names this system
     */
    record CloudEvents(String source) implements WebhookFormat {

        public CloudEvents {
            Objects.requireNonNull(source, "source");
        }

        @Override
        public Kind kind() {
            return Kind.CLOUD_EVENTS;
        }
    }

    /**
     * CloudEvents 1.0 in its JSON batch format.
     *
     * @param source a URI reference that names this system
     * @param mostEvents 1 to 100
     */
    record CloudEventsBatch(String source, int mostEvents) implements WebhookFormat {

        public CloudEventsBatch {
            Objects.requireNonNull(source, "source");
            requireCount(mostEvents);
        }

        @Override
        public Kind kind() {
            return Kind.CLOUD_EVENTS_BATCH;
        }
    }

    /**
     * A plain text for people, for services such as ntfy. In it, {@code {tracker}}, {@code {event}}, {@code {place}}, {@code {time}}, {@code
     * {city}}, {@code {battery}} and {@code {type}} are replaced.
     */
    record Text(String template) implements WebhookFormat {

        public Text {
            Objects.requireNonNull(template, "template");
        }

        @Override
        public Kind kind() {
            return Kind.TEXT;
        }
    }

    private static void requireCount(int mostEvents) {
        if (mostEvents < 1 || mostEvents > 100) {
            throw new IllegalArgumentException("a batch has 1 to 100 events");
        }
    }
}
