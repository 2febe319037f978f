package org.trackerreports.core.config;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The values of all options. Immutable and thread-safe; {@code toString} shows no values. */
public final class Configuration {

    private static final String HIDDEN = "(hidden)";

    /** The source of a value. */
    public enum Origin {
        ARGUMENT,
        ENVIRONMENT,
        FILE,
        DEFAULT
    }

    /**
     * One option and its value, for display.
     *
     * @param text the text of the value, masked if it is secret; empty if the option is unset
     */
    public record Row(Option<?> option, Optional<String> text, Origin origin) {}

    record Value(Object value, String text, Origin origin) {}

    private final Map<Option<?>, Value> values;

    Configuration(Map<Option<?>, Value> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * The value of an option that has a default.
     *
     * @throws NoSuchElementException if the option is unset
     */
    public <T> T get(Option<T> option) {
        return find(option).orElseThrow(() -> new NoSuchElementException(option.name() + " is not set"));
    }

    /** The value of an option that may be unset. */
    @SuppressWarnings("unchecked") // the loader stores what the option's parser returned
    public <T> Optional<T> find(Option<T> option) {
        return Optional.ofNullable(values.get(option)).map(value -> (T) value.value());
    }

    /** Whether the option was set, even to its default. */
    public boolean isGiven(Option<?> option) {
        Value value = values.get(option);
        return value != null && value.origin() != Origin.DEFAULT;
    }

    /** All options in the order of the documentation, with secrets masked. */
    public List<Row> effective() {
        return Options.ALL.stream().<Row>map(this::row).toList();
    }

    private Row row(Option<?> option) {
        Value value = values.get(option);
        if (value == null) {
            return new Row(option, Optional.empty(), Origin.DEFAULT);
        }
        return new Row(
                option, Optional.of(option.secret() ? HIDDEN : AddressTypes.masked(value.text())), value.origin());
    }

    @Override
    public String toString() {
        return "Configuration[" + values.size() + " values]";
    }
}
