package org.trackerreports.findmy.key;

import java.util.function.IntFunction;

/**
 * The keys that a tracker can have been on within a time range, newest first, in groups that each fit into one entry of a request.
 * The keys of a group are derived when it is asked for, so a caller that stops at the first hit does not pay for the rest.
 * Thread-safe.
 */
public final class KeyWindow {

    /** The smallest limit of ids in a group: one primary key with its two secondary candidates, and one more of each. */
    public static final int MIN_GROUP_SIZE = 8;

    private final int groups;
    private final IntFunction<KeyGroup> derive;

    KeyWindow(int groups, IntFunction<KeyGroup> derive) {
        this.groups = groups;
        this.derive = derive;
    }

    /** How many groups there are; 0 if the tracker can have had no key in the range. */
    public int groups() {
        return groups;
    }

    /**
     * One group.
     *
     * @param number 0 for the newest … {@link #groups()} − 1
     */
    public KeyGroup group(int number) {
        if (number < 0 || number >= groups) {
            throw new IndexOutOfBoundsException("group " + number + " of a window with " + groups);
        }
        return derive.apply(number);
    }
}
