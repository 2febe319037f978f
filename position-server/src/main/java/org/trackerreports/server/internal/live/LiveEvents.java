package org.trackerreports.server.internal.live;

import java.time.Clock;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trackerreports.server.internal.api.Parameters;
import org.trackerreports.server.internal.http.AsyncRouteHandler;
import org.trackerreports.server.internal.http.WebRequest;
import org.trackerreports.server.route.Answer;
import org.trackerreports.server.route.ProblemException;
import org.trackerreports.server.route.Route;
import org.trackerreports.server.route.Scope;
import org.trackerreports.server.settings.ServerListener;
import org.trackerreports.server.settings.ServerListener.Refusal;
import org.trackerreports.server.settings.ServerSettings;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.feed.FeedPlace;

/** Streams of what happens, as server-sent events. Thread-safe. */
public final class LiveEvents implements AsyncRouteHandler, AutoCloseable {

    private final EventReader reader;
    private final ServerListener listener;
    private final Clock clock;

    public LiveEvents(ReportStore store, ServerSettings settings, ServerListener listener, Clock clock) {
        this.reader = new EventReader(store, settings, listener, clock);
        this.listener = listener;
        this.clock = clock;
    }

    /** The route of the streams. */
    public Route route() {
        return new Route("GET", "/api/v1/events", Scope.READ, this);
    }

    @Override
    public Outcome begin(WebRequest request, Exchange exchange) {
        Parameters parameters = new Parameters(request, clock.instant());
        EventStream.Reader who = new EventStream.Reader(
                request.caller().token(), request.caller().labels(), parameters.labels(), types(parameters));
        Optional<FeedPlace> after = after(request, parameters);
        if (reader.open(exchange, who, after)) {
            return new Outcome.Taken();
        }
        listener.refused(Refusal.BUSY);
        return new Outcome.Refused(Answer.problem(
                        503,
                        "Service unavailable",
                        "Too many streams of events are open.",
                        "Try again later, or raise EVENT_STREAMS.")
                .withHeader("Retry-After", "30"));
    }

    private static Set<LiveEvent.Type> types(Parameters parameters) {
        Set<LiveEvent.Type> types = EnumSet.noneOf(LiveEvent.Type.class);
        List<String> words = parameters
                .text("types")
                .map(text -> Arrays.asList(text.split(",", -1)))
                .orElseGet(() -> Arrays.stream(LiveEvent.Type.values())
                        .map(LiveEvent.Type::word)
                        .toList());
        for (String word : words) {
            types.add(LiveEvent.Type.of(word.strip())
                    .orElseThrow(() ->
                            ProblemException.badRequest("types must be some of: position, transition, tracker.")));
        }
        return types;
    }

    /** A browser that connects again says where it was. Its address still has where it began. */
    private static Optional<FeedPlace> after(WebRequest request, Parameters parameters) {
        Optional<String> text =
                request.header("Last-Event-ID").filter(id -> !id.isEmpty()).or(() -> parameters.text("after"));
        try {
            return text.map(FeedPlace::parse);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("Last-Event-ID and after must be an id of an event, such as 812-3.");
        }
    }

    /** Starts to read what happens, as soon as somebody wants to know. */
    public void start() {
        reader.start();
    }

    @Override
    public void close() {
        reader.close();
    }
}
