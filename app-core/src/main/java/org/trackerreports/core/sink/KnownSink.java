package org.trackerreports.core.sink;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.trackerreports.core.sink.SinkNeed.Kind;
import org.trackerreports.store.feed.FeedLag;
import org.trackerreports.store.sink.SinkReplay;
import org.trackerreports.store.sink.SinkState;

/**
 * A sink, as its file and the database know it.
 *
 * @param file what its file here says
 * @param problems what is wrong with its file here
 * @param state how it goes; empty before a daemon has served it
 * @param lag what waits for it
 * @param owner the daemon that serves it now
 * @param refused how many events it refused that are kept
 */
public record KnownSink(
        String name,
        Optional<SinkFile> file,
        List<String> problems,
        Optional<SinkState> state,
        Optional<FeedLag> lag,
        Optional<String> owner,
        long refused) {

    public KnownSink {
        Objects.requireNonNull(name, "name");
        problems = List.copyOf(problems);
    }

    /** What kind of program it is; a dash if nobody knows. */
    public String type() {
        return file.map(each -> each.type().name().toLowerCase(Locale.ROOT))
                .or(() -> state.map(SinkState::type))
                .orElse("-");
    }

    /** One word. */
    public String word() {
        if (!problems.isEmpty()) {
            return "wrong_file";
        }
        return state.map(SinkState::word).orElse("new");
    }

    /** How many events wait for it. */
    public long waiting() {
        return lag.map(FeedLag::events).orElse(0L);
    }

    /** Since when the oldest of them waits, in seconds. */
    public long lagSeconds() {
        return lag.map(each -> each.age().toSeconds()).orElse(0L);
    }

    /** How many events it got. */
    public long delivered() {
        return state.map(SinkState::delivered).orElse(0L);
    }

    /** How many events it refused, kept or not. */
    public long failed() {
        return state.map(SinkState::failed).orElse(0L);
    }

    /** When it is tried again. */
    public Optional<Instant> waitUntil() {
        return state.flatMap(SinkState::waitUntil);
    }

    /** When it last failed. */
    public Optional<Instant> lastErrorAt() {
        return state.flatMap(SinkState::lastErrorAt);
    }

    /** From when on reports are sent again. */
    public Optional<Instant> replaySince() {
        return state.flatMap(SinkState::replay).map(SinkReplay::from);
    }

    /** What is wrong with its file, or else what was found when it last failed. */
    public Optional<String> lastError() {
        return problems.isEmpty() ? state.flatMap(SinkState::lastError) : Optional.of(String.join("; ", problems));
    }

    /** What it needs; empty if it works, or a person paused it. */
    public List<SinkNeed> needs() {
        if (!problems.isEmpty()) {
            return List.of(
                    SinkNeed.of(Kind.WRONG_FILE, name, name + " has a wrong file: " + String.join("; ", problems)));
        }
        if (state.isEmpty()) {
            return List.of(notServed());
        }
        List<SinkNeed> needs = new ArrayList<>();
        if (refused > 0) {
            needs.add(SinkNeed.of(
                    Kind.REFUSED, name, name + " does not accept " + refused + (refused == 1 ? " event" : " events")));
        }
        if (state.get().paused()) {
            return needs;
        }
        if (owner.isEmpty() && state.get().condition() != SinkState.Condition.OFF) {
            needs.add(notServed());
        }
        String error = lastError().map(each -> " (" + each + ")").orElse("");
        switch (state.get().condition()) {
            case WORKING -> {
                // There is nothing to do.
            }
            case WAITING ->
                needs.add(new SinkNeed(
                        Kind.WAITING,
                        Optional.of(name),
                        name + " cannot be told" + error,
                        state.get().waitUntil()));
            case CREDENTIALS ->
                needs.add(SinkNeed.of(Kind.CREDENTIALS, name, name + " refuses the credentials" + error));
            case OFF -> needs.add(SinkNeed.of(Kind.OFF, name, name + " is switched off" + error));
        }
        return needs;
    }

    private SinkNeed notServed() {
        return SinkNeed.of(Kind.NOT_SERVED, name, "no daemon serves " + name);
    }
}
