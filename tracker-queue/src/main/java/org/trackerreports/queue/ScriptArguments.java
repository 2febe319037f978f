package org.trackerreports.queue;

/**
 * Many arguments of a script as one text, each ended by a line feed. Redisson takes about a microsecond for each separate argument,
 * and ending a batch of leases has hundreds. The function {@code fields} in records.lua reads it.
 */
final class ScriptArguments {

    private final StringBuilder text = new StringBuilder();

    /** Adds a text; its line feeds become blanks. */
    ScriptArguments add(String value) {
        text.append(value.replace('\n', ' ')).append('\n');
        return this;
    }

    ScriptArguments add(long value) {
        text.append(value).append('\n');
        return this;
    }

    ScriptArguments add(double value) {
        text.append(value).append('\n');
        return this;
    }

    String text() {
        return text.toString();
    }
}
