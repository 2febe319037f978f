package org.trackerreports.tools.sink;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.trackerreports.core.config.NearestNames;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.sink.SinkFiles;
import org.trackerreports.store.feed.FeedCursor;
import org.trackerreports.store.sink.SinkState;
import org.trackerreports.store.sink.Sinks;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.Installation;

/** The sinks that have a file here, a state in the database, or both. */
public final class KnownSinks {

    private final Installation installation;
    private final Provider<SinkFiles> files;

    @Inject
    KnownSinks(Installation installation, Provider<SinkFiles> files) {
        this.installation = installation;
        this.files = files;
    }

    /** What all of them need; empty if there is nothing to do. */
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
    Optional<SinkNeed> nobodyJudges() {
        return installation.configuration().get(Options.DELIVER_UNJUDGED)
                        || installation.store().feed().isJudged()
                ? Optional.empty()
                : Optional.of(new SinkNeed(
                        false,
                        "nobody judges reports, so sinks are told nothing new",
                        "Start a daemon with the role move, or set DELIVER_UNJUDGED=true."));
    }

    SinkFiles files() {
        return files.get();
    }

    /** All of them, by name. */
    List<KnownSink> list() throws IOException {
        SinkFiles.Found found = files.get().read();
        Map<String, SinkState> states = new TreeMap<>();
        installation.store().sinks().list().forEach(state -> states.put(state.name(), state));
        Map<String, FeedCursor> cursors = new TreeMap<>();
        installation.store().feed().cursors().forEach(cursor -> cursors.put(cursor.consumer(), cursor));
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
                    cursor.map(each -> installation.store().feed().lag(each.place())),
                    cursor.flatMap(FeedCursor::owner),
                    installation.store().sinks().failures().count(name)));
        }
        return sinks;
    }

    /**
     * One of them.
     *
     * @throws CommandFailure if there is none, with the nearest names
     */
    KnownSink find(String name) throws IOException, CommandFailure {
        List<KnownSink> all = list();
        return all.stream()
                .filter(sink -> sink.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.FAILED,
                        all.isEmpty()
                                ? "There is no sink yet. Add one: findmy tools sinks add NAME TYPE=webhook URL=https://example.com/hook"
                                : "There is no sink named '" + name + "'; nearest: "
                                        + String.join(
                                                ", ",
                                                NearestNames.of(
                                                        name,
                                                        all.stream()
                                                                .map(KnownSink::name)
                                                                .toList()))));
    }
}
