package org.trackerreports.queue;

/**
 * An id that belongs into the queue.
 *
 * @param id 1 to 256 characters
 * @param priority how many times as often as an id of priority 1 it has its turn, 1 to 1000. It does not let an id overtake
 *     another whose turn is longer overdue.
 */
public record QueueEntry(String id, int priority) {

    public QueueEntry {
        RedisNames.requireId(id);
        Ranges.require("priority of " + id, priority, 1, 1000);
    }

    /** An entry of priority 1. */
    public static QueueEntry of(String id) {
        return new QueueEntry(id, 1);
    }
}
