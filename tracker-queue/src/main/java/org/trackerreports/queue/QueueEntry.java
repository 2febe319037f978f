package org.trackerreports.queue;

/**
 * An id that belongs in the queue.
 *
 * @param id 1 to 256 characters
 * @param priority how many turns it has per turn of an id of priority 1; 1 to 1000. A priority does not let an id overtake one that
 *     is longer overdue.
 */
public record QueueEntry(String id, int priority) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public QueueEntry {
        RedisNames.requireId(id);
        Ranges.require("priority of " + id, priority, 1, 1000);
    }

    /** An entry of priority 1. */
    public static QueueEntry of(String id) {
        return new QueueEntry(id, 1);
    }
}
