package org.trackerreports.store.internal.inbox;

/** What a transaction did, as the column {@code change} has it. */
public enum Change {
    STORED(1),
    REVISED(2),
    TRANSITIONS(3),
    TRACKERS(4),
    EVENTS(5);

    private final int number;

    Change(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    public static Change of(int number) {
        return values()[number - 1];
    }
}
