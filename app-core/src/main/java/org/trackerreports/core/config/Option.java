package org.trackerreports.core.config;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * An option.
 *
 * @param name the environment variable and the name in a configuration file, such as {@code DB_HOST}
 * @param type the type of its value
 * @param defaultText the text of its default; empty if it has none
 * @param example a valid text, for messages about invalid texts
 * @param secret whether its value must never be shown. A secret is not an argument either, because process lists show arguments
 * @param description what it does, for the help and the documentation
 * @param <T> the type of its value
 */
public record Option<T>(
        String name,
        OptionType<T> type,
        Optional<String> defaultText,
        String example,
        boolean secret,
        String description) {

    public Option {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
    }

    static <T> Option<T> of(String name, OptionType<T> type, String defaultText, String description) {
        return new Option<>(name, type, Optional.of(defaultText), defaultText, false, description);
    }

    static <T> Option<T> unset(String name, OptionType<T> type, String example, String description) {
        return new Option<>(name, type, Optional.empty(), example, false, description);
    }

    static <T> Option<T> secret(String name, OptionType<T> type, String description) {
        return new Option<>(name, type, Optional.empty(), "in a file named by " + name + "_FILE", true, description);
    }

    /** The argument that sets the option, such as {@code --db-host}. */
    public String argument() {
        return "--" + name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
