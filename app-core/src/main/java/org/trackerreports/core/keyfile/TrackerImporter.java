package org.trackerreports.core.keyfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.trackerreports.core.pipeline.TrackerKeyMaterial;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.keyfile.NamedKeys;
import org.trackerreports.store.secret.Secret;
import org.trackerreports.store.tracker.AddOutcome;
import org.trackerreports.store.tracker.Alignment;
import org.trackerreports.store.tracker.NewTracker;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.store.tracker.Trackers;

/**
 * Imports trackers, some thousands in each transaction: an import of any length needs little memory, and what was stored before a
 * failure stays. A dry run checks all of them together at the end. Not thread-safe.
 */
public final class TrackerImporter {

    private static final int BATCH_SIZE = 5_000;

    private final Trackers trackers;
    private final boolean dryRun;
    private final Listener listener;
    private final LongConsumer progress;
    private final List<NewTracker> waiting = new ArrayList<>();
    private Optional<StoredAccessories> storedAccessories = Optional.empty();
    private int added;
    private int known;
    private int refused;

    /** Receives the outcome for each tracker. */
    public interface Listener {

        /** A tracker was added. */
        void added(String name);

        /**
         * A tracker was there already.
         *
         * @param newAlignment its alignment, if that moved forward
         */
        void known(String name, Optional<Alignment> newAlignment);

        /**
         * A tracker was refused.
         *
         * @param nameTaken whether another name would help
         */
        void refused(String name, String reason, boolean nameTaken);
    }

    /**
     * An import.
     *
     * @param dryRun whether nothing is stored, and only the outcomes are told
     * @param progress receives the number of trackers so far
     */
    public TrackerImporter(Trackers trackers, boolean dryRun, Listener listener, LongConsumer progress) {
        this.trackers = trackers;
        this.dryRun = dryRun;
        this.listener = listener;
        this.progress = progress;
    }

    /** Imports a tracker, perhaps later, and wipes its keys. */
    public void take(LabelledKeys keys) {
        NewTracker plain = TrackerKeyMaterial.toStore(keys.named());
        Optional<Tracker> stored = stored(keys.named());
        keys.named().keys().wipe();
        if (stored.isPresent() && !stored.get().name().equals(plain.name())) {
            plain.keyMaterial().wipe();
            refused++;
            listener.refused(
                    plain.name(),
                    "its keys belong to tracker " + stored.get().name() + " (id "
                            + stored.get().id() + ")",
                    false);
            return;
        }
        // With the stored material the store knows the tracker again, whatever the version that stored it.
        Secret material = stored.map(Tracker::keyMaterial).orElse(plain.keyMaterial());
        waiting.add(new NewTracker(
                plain.name(), plain.kind(), material, keys.labels(), plain.hashedKeys(), plain.alignment()));
        progress.accept(added + known + refused + waiting.size());
        if (waiting.size() == BATCH_SIZE && !dryRun) {
            flush();
        }
    }

    private Optional<Tracker> stored(NamedKeys named) {
        if (!(named.keys() instanceof Accessory accessory)) {
            return Optional.empty();
        }
        if (storedAccessories.isEmpty()) {
            storedAccessories = Optional.of(StoredAccessories.of(trackers));
        }
        return storedAccessories.get().idOf(accessory).flatMap(trackers::find);
    }

    /** Imports the trackers that wait. */
    public void end() {
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
                listener.added(name);
            }
            case ALREADY_THERE -> {
                known++;
                listener.known(name, ((AddOutcome.AlreadyThere) outcome).newAlignment());
            }
            case REFUSED -> {
                refused++;
                AddOutcome.Refused why = (AddOutcome.Refused) outcome;
                listener.refused(name, why.reason(), why.nameTaken());
            }
        }
    }

    /** How many were added. */
    public int added() {
        return added;
    }

    /** How many were there already. */
    public int known() {
        return known;
    }

    /** How many were refused. */
    public int refused() {
        return refused;
    }
}
