package org.trackerreports.tools.tracker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.trackerreports.core.pipeline.TrackerKeyMaterial;
import org.trackerreports.store.tracker.AddOutcome;
import org.trackerreports.store.tracker.NewTracker;
import org.trackerreports.store.tracker.Trackers;
import org.trackerreports.tools.key.LabelledKeys;

/**
 * Imports trackers, some thousands in each transaction: an import of any length needs little memory, and what was stored before a
 * failure stays. A dry run checks all of them together at the end. Not thread-safe.
 */
final class TrackerImporter {

    private static final int BATCH_SIZE = 5_000;

    private final Trackers trackers;
    private final boolean dryRun;
    private final Listener listener;
    private final LongConsumer progress;
    private final List<NewTracker> waiting = new ArrayList<>();
    private int added;
    private int known;
    private int refused;

    enum Verdict {
        ADDED,
        KNOWN,
        REFUSED
    }

    /** Receives the outcome for each tracker. */
    interface Listener {
        /**
         * A tracker was imported or refused.
         *
         * @param reason why it was refused
         */
        void judged(String name, Verdict verdict, Optional<String> reason);
    }

    TrackerImporter(Trackers trackers, boolean dryRun, Listener listener, LongConsumer progress) {
        this.trackers = trackers;
        this.dryRun = dryRun;
        this.listener = listener;
        this.progress = progress;
    }

    /** Imports a tracker, perhaps later, and wipes its keys. */
    void take(LabelledKeys keys) {
        NewTracker plain = TrackerKeyMaterial.toStore(keys.named());
        keys.named().keys().wipe();
        waiting.add(new NewTracker(
                plain.name(), plain.kind(), plain.keyMaterial(), keys.labels(), plain.hashedKeys(), plain.alignment()));
        progress.accept(added + known + refused + waiting.size());
        if (waiting.size() == BATCH_SIZE && !dryRun) {
            flush();
        }
    }

    /** Imports the trackers that wait. */
    void end() {
        if (!waiting.isEmpty()) {
            flush();
        }
    }

    private void flush() {
        List<AddOutcome> outcomes = dryRun ? trackers.previewAdd(waiting) : trackers.add(waiting);
        for (int number = 0; number < outcomes.size(); number++) {
            count(waiting.get(number).name(), outcomes.get(number));
            waiting.get(number).keyMaterial().wipe();
        }
        waiting.clear();
    }

    private void count(String name, AddOutcome outcome) {
        switch (outcome.kind()) {
            case ADDED -> {
                added++;
                listener.judged(name, Verdict.ADDED, Optional.empty());
            }
            case ALREADY_THERE -> {
                known++;
                listener.judged(name, Verdict.KNOWN, Optional.empty());
            }
            case REFUSED -> {
                refused++;
                listener.judged(name, Verdict.REFUSED, Optional.of(((AddOutcome.Refused) outcome).reason()));
            }
        }
    }

    int added() {
        return added;
    }

    int known() {
        return known;
    }

    int refused() {
        return refused;
    }
}
