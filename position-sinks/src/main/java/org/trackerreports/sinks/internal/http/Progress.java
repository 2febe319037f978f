package org.trackerreports.sinks.internal.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trackerreports.sinks.Delivery;
import org.trackerreports.sinks.Delivery.Refusal;
import org.trackerreports.sinks.SightingEvent;

/** Collects what became of events, and says when to stop. One use. */
public final class Progress {

    private final Set<String> delivered = new HashSet<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private Optional<HttpAnswer> end = Optional.empty();

    public void delivered(List<? extends SightingEvent> events) {
        events.forEach(this::delivered);
    }

    public void delivered(SightingEvent event) {
        delivered.add(event.id());
    }

    /**
     * Notes the answer to a single event.
     *
     * @return whether the next event may be sent
     */
    public boolean answered(SightingEvent event, HttpAnswer answer) {
        switch (answer.meaning()) {
            case ACCEPTED -> delivered(event);
            case REFUSED -> refusals.add(new Refusal(event.id(), answer.status(), answer.text()));
            case CREDENTIALS, GONE, LATER -> end = Optional.of(answer);
        }
        return end.isEmpty();
    }

    /** Notes an answer after which nothing more is sent. */
    public void ended(HttpAnswer answer) {
        end = Optional.of(answer);
    }

    public boolean hasEnded() {
        return end.isPresent();
    }

    public boolean hasRefusals() {
        return !refusals.isEmpty();
    }

    public boolean hasDelivered() {
        return !delivered.isEmpty();
    }

    /** What is to be reported. A receiver that ended counts more than what it refused before: that is tried again. */
    public Delivery result() {
        if (end.isPresent()) {
            HttpAnswer answer = end.get();
            return answer.meaning() == HttpAnswer.Meaning.GONE
                    ? new Delivery.SwitchedOff(delivered, answer.reason())
                    : new Delivery.TryLater(
                            delivered,
                            answer.reason(),
                            answer.retryAfter(),
                            answer.meaning() == HttpAnswer.Meaning.CREDENTIALS);
        }
        return refusals.isEmpty() ? new Delivery.Done() : new Delivery.Refused(delivered, refusals);
    }
}
