package org.trackerreports.findmy.fetch;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.KeyGroup;
import org.trackerreports.findmy.key.KeyWindow;
import org.trackerreports.findmy.key.TrackerKeys;

/**
 * A position among the keys that a tracker can have been on, in parts that each fit into one request, backwards from the newest. A part is
 * one group of an accessory's keys, or as many static keys as a request holds. Keys are derived when {@link #groups} is called. Immutable
 * and thread-safe.
 */
public final class KeyCursor {

    private final KeyWindow window;
    private final int groupsPerPart;
    private final boolean rolling;
    private final int part;

    private KeyCursor(KeyWindow window, int groupsPerPart, boolean rolling, int part) {
        this.window = window;
        this.groupsPerPart = groupsPerPart;
        this.rolling = rolling;
        this.part = part;
    }

    static KeyCursor newest(TrackerKeys keys, Instant from, Instant to, int maxIds) {
        boolean rolling = keys instanceof Accessory;
        return new KeyCursor(keys.keysBetween(from, to, maxIds), rolling ? 1 : maxIds, rolling, 0);
    }

    /** How many requests all keys take; 0 if the tracker had no key within that time. */
    public int parts() {
        return (window.groups() + groupsPerPart - 1) / groupsPerPart;
    }

    /** Whether the keys are those of an accessory. */
    public boolean rolling() {
        return rolling;
    }

    /** The groups of this part, each for one entry of a request; empty if the tracker had no key within that time. */
    public List<KeyGroup> groups() {
        int first = part * groupsPerPart;
        return IntStream.range(first, Math.min(window.groups(), first + groupsPerPart))
                .mapToObj(window::group)
                .toList();
    }

    /** The next part, with older keys; empty after the last. */
    public Optional<KeyCursor> next() {
        return part + 1 < parts() ? Optional.of(at(part + 1)) : Optional.empty();
    }

    /**
     * The part to ask for on one of many turns, so that all keys are asked for in the end. Static keys take turns. An accessory that was
     * silent for long has more candidate keys than fit: every second turn asks for the newest part, the turns between walk backwards
     * through the rest.
     *
     * @param consecutiveEmpty how many turns in a row found nothing, 0 or more
     */
    public KeyCursor onTurn(int consecutiveEmpty) {
        int parts = parts();
        if (parts <= 1 || rolling && consecutiveEmpty % 2 == 0) {
            return at(0);
        }
        return at(rolling ? 1 + consecutiveEmpty / 2 % (parts - 1) : consecutiveEmpty % parts);
    }

    private KeyCursor at(int other) {
        return new KeyCursor(window, groupsPerPart, rolling, other);
    }
}
