package org.trackerreports.fetcher.setup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.trackerreports.core.event.AccountChanged;
import org.trackerreports.core.event.AnisetteAsked;
import org.trackerreports.core.event.BatchStored;
import org.trackerreports.core.event.FetchListener;
import org.trackerreports.core.event.RequestEnded;
import org.trackerreports.server.route.Answer;
import org.trackerreports.server.route.ProblemException;
import org.trackerreports.server.route.Request;

/** The latest events of this process in words, for whoever watches the first request. Thread-safe. */
final class SetupProgress implements FetchListener {

    private static final int MOST_EVENTS = 200;

    /** @param good whether it is as it should be */
    private record Event(long number, Instant time, String kind, boolean good, String text) {}

    private final Clock clock;
    private final Instant begun;
    private final Deque<Event> events = new ArrayDeque<>();
    private long last;

    @Inject
    SetupProgress(Clock clock) {
        this.clock = clock;
        this.begun = clock.instant();
    }

    /** The events after a number, with the process that they are of: another one counts anew. */
    Answer answer(Request request) {
        long after = request.query("after").map(SetupProgress::number).orElse(0L);
        ObjectNode json = Json.object();
        ArrayNode array = json.putArray("events");
        synchronized (this) {
            events.stream()
                    .filter(event -> event.number() > after)
                    .forEach(event -> array.addObject()
                            .put("number", event.number())
                            .put("time", event.time().toString())
                            .put("kind", event.kind())
                            .put("good", event.good())
                            .put("text", event.text()));
            json.put("last", last);
        }
        return Answer.json(json.put("begun", begun.toString()));
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw ProblemException.badRequest("after is no number; expected the number of an event, such as 12.");
        }
    }

    @Override
    public void requestEnded(RequestEnded event) {
        String begin =
                "Account " + event.account() + " asked for " + count(event.trackers(), "tracker", "trackers") + ": ";
        String end = switch (event.result()) {
            case OK ->
                event.idsAnswered() == 0
                        ? "the service has no report of " + (event.trackers() == 1 ? "it." : "them.")
                        : "reports of " + count(event.idsAnswered(), "key", "keys") + " came.";
            case EMPTY -> "the answer was empty. It is asked again later.";
            case UNAUTHORISED -> "its session has ended. It is renewed if the password is remembered.";
            case OVERLOADED -> "that was too often for the service. The account waits.";
            case REFUSED -> "the service refused the request.";
            case TIMEOUT -> "no answer came in time.";
            case UNAVAILABLE -> "the service could not be reached.";
            case UNPARSABLE -> "the answer could not be read.";
            case NO_ANISETTE -> "nothing was sent, because the anisette server gave no data.";
        };
        boolean good = switch (event.result()) {
            case OK -> true;
            case EMPTY, UNAUTHORISED, OVERLOADED, REFUSED, TIMEOUT, UNAVAILABLE, UNPARSABLE, NO_ANISETTE -> false;
        };
        add("request", good, begin + end);
    }

    @Override
    public void batchStored(BatchStored event) {
        if (event.received() > 0) {
            add(
                    "reports",
                    event.undecryptable() == 0,
                    count(event.received(), "report", "reports") + " came, " + event.stored() + " of them new"
                            + (event.undecryptable() == 0
                                    ? "."
                                    : "; " + event.undecryptable() + " could not be decrypted with the keys."));
        }
    }

    @Override
    public void accountChanged(AccountChanged event) {
        event.after()
                .ifPresent(state -> add(
                        "account",
                        state.mayAskByItself(),
                        "Account " + event.account() + " is "
                                + state.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                                + event.reason().map(reason -> ": " + reason).orElse("") + "."));
    }

    @Override
    public void anisetteAsked(AnisetteAsked event) {
        if (!event.answered()) {
            add("anisette", false, "The anisette server gave no data.");
        }
    }

    private static String count(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    private synchronized void add(String kind, boolean good, String text) {
        events.addLast(new Event(++last, clock.instant(), kind, good, text));
        if (events.size() > MOST_EVENTS) {
            events.removeFirst();
        }
    }
}
