package org.trackerreports.findmy.key;

import java.util.function.IntFunction;

/**
 * The keys that a tracker may have broadcast in a time range, newest first, in groups that each fit into one entry of a request. A
 * group's keys are derived when the group is requested, so a caller that stops at the first hit does not pay for the rest. Thread-safe.
 */
public final class KeyWindow {

    /** The smallest allowed maximum for the ids in a group. A group must hold at least one primary key and its secondary candidates. */
    public static final int MIN_GROUP_SIZE = 8;

    private final int groups;
    private final IntFunction<KeyGroup> derive;

    KeyWindow(int groups, IntFunction<KeyGroup> derive) {
        this.groups = groups;
        this.derive = derive;
    }

    /** The number of groups; 0 if the tracker had no key in the range. */
    public int groups() {
        return groups;
    }

    /**
     * One group.
     *
     * @param number from 0, the newest, to {@link #groups()} − 1
     * @return the keys of the group
     * @throws IndexOutOfBoundsException if there is no group with this number
     */
    public KeyGroup group(int number) {
        if (number < 0 || number >= groups) {
            throw new IndexOutOfBoundsException("group " + number + " of a window with " + groups);
        }
        return derive.apply(number);
    }
}
