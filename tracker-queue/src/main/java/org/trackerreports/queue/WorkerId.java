package org.trackerreports.queue;

/**
 * The name of one worker. Two workers that live at the same time must not share one: make it of host, process and number.
 *
 * @param value 1 to 128 letters, digits or {@code . _ : @ / + -}
 */
public record WorkerId(String value) {

    public WorkerId {
        RedisNames.requireName("worker", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
