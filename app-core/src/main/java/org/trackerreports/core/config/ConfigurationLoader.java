package org.trackerreports.core.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.trackerreports.core.config.Configuration.Origin;
import org.trackerreports.core.config.Configuration.Value;
import org.trackerreports.core.text.FileProblems;
import org.trackerreports.core.text.Printable;
import org.trackerreports.findmy.file.TextFiles;

/** Loads a {@link Configuration} from its sources and collects all problems. */
public final class ConfigurationLoader {

    private static final String FILE_SUFFIX = "_FILE";

    private record Source(Origin origin, Map<String, String> texts) {}

    private final List<String> problems = new ArrayList<>();

    private ConfigurationLoader() {}

    /**
     * Loads the configuration.
     *
     * @param arguments texts by option name
     * @param environment the environment variables
     * @param file a properties file of option names, if there is one
     * @throws ConfigurationException with all problems
     */
    public static Configuration load(
            Map<String, String> arguments, Map<String, String> environment, Optional<Path> file)
            throws ConfigurationException {
        ConfigurationLoader loader = new ConfigurationLoader();
        List<Source> sources = List.of(
                new Source(Origin.ARGUMENT, arguments),
                new Source(Origin.ENVIRONMENT, environment),
                new Source(Origin.FILE, file.map(loader::read).orElse(Map.of())));
        Map<Option<?>, Value> values = new LinkedHashMap<>();
        for (Option<?> option : Options.ALL) {
            loader.value(option, sources).ifPresent(value -> values.put(option, value));
        }
        loader.refuseRenamed(environment, values);
        loader.checkTogether(values);
        if (!loader.problems.isEmpty()) {
            throw new ConfigurationException(loader.problems);
        }
        return new Configuration(values);
    }

    private Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(TextFiles.read(file)));
        } catch (IOException | IllegalArgumentException e) {
            problems.add("the configuration file " + file + " cannot be read: "
                    + (e instanceof IOException problem
                            ? FileProblems.reason(problem)
                            : "a \\u is not followed by four digits"));
            return Map.of();
        }
        Map<String, String> texts = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            String renamed = Options.RENAMED.get(name);
            if (known(name)) {
                texts.put(name, properties.getProperty(name));
            } else if (renamed != null) {
                problems.add("the configuration file " + file + " sets " + name + "; that option is called " + renamed
                        + ": rename the line");
            } else {
                problems.add("the configuration file " + file + " sets " + name
                        + ", which is not an option; did you mean " + nearest(name) + "?");
            }
        }
        return texts;
    }

    private static boolean known(String name) {
        return Options.ALL.stream()
                .anyMatch(option ->
                        option.name().equals(name) || option.secret() && (option.name() + FILE_SUFFIX).equals(name));
    }

    private static String nearest(String name) {
        return NearestNames.of(name, Options.ALL.stream().map(Option::name).toList())
                .get(0);
    }

    /** An old name in the environment may belong to another program. It is a problem only if the new name is not set. */
    private void refuseRenamed(Map<String, String> environment, Map<Option<?>, Value> values) {
        Options.RENAMED.forEach((name, renamed) -> {
            boolean newNameSet = values.entrySet().stream()
                    .anyMatch(entry -> entry.getKey().name().equals(renamed)
                            && entry.getValue().origin() != Origin.DEFAULT);
            if (!environment.getOrDefault(name, "").isBlank() && !newNameSet) {
                problems.add("the environment sets " + name + "; that option is called " + renamed
                        + ": rename the variable");
            }
        });
    }

    private <T> Optional<Value> value(Option<T> option, List<Source> sources) {
        for (Source source : sources) {
            Optional<String> text = text(option, source);
            if (text.isPresent()) {
                return parse(option, text.get(), source.origin());
            }
        }
        return option.defaultText().flatMap(text -> parse(option, text, Origin.DEFAULT));
    }

    /** An empty text counts as unset, because deployment files often pass unset variables as empty ones. */
    private Optional<String> text(Option<?> option, Source source) {
        Optional<String> text = Optional.ofNullable(source.texts().get(option.name()))
                .filter(set -> !set.isBlank())
                .or(() -> Optional.ofNullable(
                                source.texts().get(Options.OTHER_SPELLINGS.getOrDefault(option.name(), option.name())))
                        .filter(set -> !set.isBlank()));
        if (!option.secret()) {
            return text;
        }
        Optional<String> file = Optional.ofNullable(source.texts().get(option.name() + FILE_SUFFIX))
                .filter(set -> !set.isBlank());
        if (text.isPresent() && file.isPresent()) {
            problems.add(option.name() + " and " + option.name() + FILE_SUFFIX + " are both set; remove one of them");
        }
        return text.isPresent() ? text : file.flatMap(path -> secretFile(option, path));
    }

    private Optional<String> secretFile(Option<?> option, String file) {
        try {
            return Optional.of(
                    TextFiles.read(OptionType.path().parser().apply(file)).strip());
        } catch (IOException e) {
            problems.add(option.name() + FILE_SUFFIX + " names " + file + ", which cannot be read: "
                    + FileProblems.reason(e));
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            problems.add(option.name() + FILE_SUFFIX + " is '" + Printable.of(file) + "'; expected " + e.getMessage());
            return Optional.empty();
        }
    }

    private <T> Optional<Value> parse(Option<T> option, String text, Origin origin) {
        try {
            return Optional.of(new Value(option.type().parser().apply(text), text, origin));
        } catch (IllegalArgumentException e) {
            String shown = option.secret() ? "the given value" : "'" + Printable.of(AddressTypes.masked(text)) + "'";
            problems.add(option.name() + " is " + shown + "; expected " + e.getMessage() + ", for example "
                    + option.example());
            return Optional.empty();
        }
    }

    private void checkTogether(Map<Option<?>, Value> values) {
        Map<Option<?>, Object> plain = new HashMap<>();
        values.forEach((option, value) -> plain.put(option, value.value()));
        if (plain.get(Options.RESERVED_REQUESTS_PER_DAY) instanceof Integer reserved
                && plain.get(Options.MAX_REQUESTS_PER_DAY) instanceof Integer most
                && reserved >= most) {
            problems.add(
                    "RESERVED_REQUESTS_PER_DAY is " + reserved + ", which leaves no requests of MAX_REQUESTS_PER_DAY ("
                            + most + ") for the daemon; for example 20 of 288");
        }
        if (plain.get(Options.RETENTION_HOURS_DAYS) instanceof Duration hours
                && !(plain.get(Options.RETENTION_REPORTS_DAYS) instanceof Duration reports
                        && reports.compareTo(hours) <= 0)) {
            problems.add(
                    "RETENTION_HOURS_DAYS is shorter than RETENTION_REPORTS_DAYS (unset means forever), but the hourly history is"
                            + " kept at least as long as reports; for example 800 and 400");
        }
        if (plain.containsKey(Options.DB_HOST) && !plain.containsKey(Options.DB_PASSWORD)) {
            problems.add("DB_HOST is set but DB_PASSWORD is not; set DB_PASSWORD or DB_PASSWORD_FILE");
        }
    }
}
