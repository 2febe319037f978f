package org.trackerreports.core.sink;

import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.Options;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.feed.FeedCursor;
import org.trackerreports.store.sink.SinkState;
import org.trackerreports.store.sink.Sinks;

/** The sinks that have a file here, a state in the database, or both. Thread-safe. */
public final class KnownSinks {

    private final ReportStore store;
    private final SinkFiles files;
    private final boolean unjudged;

    @Inject
    KnownSinks(ReportStore store, SinkFiles files, Configuration configuration) {
        this.store = store;
        this.files = files;
        this.unjudged = configuration.get(Options.DELIVER_UNJUDGED);
    }

    /**
     * What all of them need; empty if there is nothing to do.
     *
     * @throws IOException if the directory of the files cannot be read
     */
    public List<SinkNeed> needs() throws IOException {
        List<KnownSink> sinks = list();
        List<SinkNeed> needs = new ArrayList<>();
        sinks.forEach(sink -> needs.addAll(sink.needs()));
        if (!sinks.isEmpty()) {
            nobodyJudges().ifPresent(needs::add);
        }
        return needs;
    }

    /** Empty if somebody judges, or sinks are told of what is not judged. */
    public Optional<SinkNeed> nobodyJudges() {
        return unjudged || store.feed().isJudged()
                ? Optional.empty()
                : Optional.of(new SinkNeed(
                        SinkNeed.Kind.NOT_JUDGED,
                        Optional.empty(),
                        "nobody judges reports, so sinks are told nothing new",
                        Optional.empty()));
    }

    /**
     * All of them, by name.
     *
     * @throws IOException if the directory of the files cannot be read
     */
    public List<KnownSink> list() throws IOException {
        SinkFiles.Found found = files.read();
        Map<String, SinkState> states = new TreeMap<>();
        store.sinks().list().forEach(state -> states.put(state.name(), state));
        Map<String, FeedCursor> cursors = new TreeMap<>();
        store.feed().cursors().forEach(cursor -> cursors.put(cursor.consumer(), cursor));
        Set<String> names = new TreeSet<>(found.sinks().keySet());
        names.addAll(found.problems().keySet());
        names.addAll(states.keySet());
        List<KnownSink> sinks = new ArrayList<>();
        for (String name : names) {
            Optional<FeedCursor> cursor = Optional.ofNullable(cursors.get(Sinks.consumer(name)));
            sinks.add(new KnownSink(
                    name,
                    Optional.ofNullable(found.sinks().get(name)),
                    found.problems().getOrDefault(name, List.of()),
                    Optional.ofNullable(states.get(name)),
                    cursor.map(each -> store.feed().lag(each.place())),
                    cursor.flatMap(FeedCursor::owner),
                    store.sinks().failures().count(name)));
        }
        return sinks;
    }
}
