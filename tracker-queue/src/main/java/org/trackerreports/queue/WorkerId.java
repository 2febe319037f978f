package org.trackerreports.queue;

/**
 * The name of one worker. Two workers that run at the same time must not share a name: use host, process id and number.
 *
 * @param value 1 to 128 letters, digits or {@code . _ : @ / + -}
 */
public record WorkerId(String value) {

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if it is not valid
     */
    public WorkerId {
        RedisNames.requireName("worker", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
