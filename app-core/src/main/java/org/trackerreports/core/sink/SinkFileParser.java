package org.trackerreports.core.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.trackerreports.core.Sha256;
import org.trackerreports.core.config.CertificateFile;
import org.trackerreports.core.config.NearestNames;
import org.trackerreports.core.config.OptionType;
import org.trackerreports.core.text.FileProblems;
import org.trackerreports.core.text.Printable;
import org.trackerreports.findmy.file.TextFiles;
import org.trackerreports.sinks.connection.Credentials;
import org.trackerreports.store.history.FlagFilter;

/** Reads the lines of one file, and collects everything that is wrong. One use. */
final class SinkFileParser {

    private static final Duration LONGEST = Duration.ofDays(3_650);
    private static final int MOST_CONFIDENCE = 3;
    private static final int DEFAULT_CONFIDENCE = 2;
    private static final Duration DEFAULT_GAP = Duration.ofMinutes(15);

    private final String name;
    private final Map<String, String> lines;
    private final Path directory;
    private final Optional<ProxySelector> proxies;
    private final List<String> problems = new ArrayList<>();
    private final List<String> read = new ArrayList<>();

    SinkFileParser(String name, Map<String, String> lines, Path directory, Optional<ProxySelector> proxies) {
        this.name = name;
        this.lines = new TreeMap<>(lines);
        this.lines.values().removeIf(String::isBlank);
        this.directory = directory;
        this.proxies = proxies;
    }

    private enum Start {
        END,
        BEGINNING
    }

    SinkFile parse() throws SinkFileException {
        Optional<SinkType> type = value("TYPE", OptionType.oneOf(SinkType.class));
        if (type.isEmpty() && problems.isEmpty()) {
            problems.add("TYPE is missing; expected webhook, homeassistant, traccar, owntracks or dawarich");
        }
        type.ifPresent(this::requireKnownNames);
        SinkSelection selection = selection(type.orElse(SinkType.WEBHOOK));
        boolean fromBeginning = value("START", OptionType.oneOf(Start.class)).orElse(Start.END) == Start.BEGINNING;
        SinkTarget target = type.isPresent() ? new SinkTargets(this, name, type.get()).target() : null;
        if (!problems.isEmpty() || target == null) {
            throw new SinkFileException(problems);
        }
        return new SinkFile(name, type.orElseThrow(), selection, fromBeginning, new TreeMap<>(lines), digest(), target);
    }

    private String digest() {
        return HexFormat.of().formatHex(Sha256.of((lines + "\n" + String.join("\n", read)).getBytes(UTF_8)));
    }

    private void requireKnownNames(SinkType type) {
        List<String> known = SinkOption.ALL.stream()
                .filter(option -> option.types().contains(type))
                .map(SinkOption::name)
                .toList();
        for (String line : lines.keySet()) {
            if (!known.contains(line)) {
                problems.add(Printable.brief(line) + " is no option of a sink of the type " + OptionType.word(type)
                        + "; did you mean "
                        + NearestNames.of(line, known, name -> name.replace("_FILE", ""))
                                .get(0) + "?");
            }
        }
    }

    private SinkSelection selection(SinkType type) {
        return new SinkSelection(
                labels(),
                value("MIN_CONFIDENCE", OptionType.number(0, MOST_CONFIDENCE)).orElse(DEFAULT_CONFIDENCE),
                value("FLAGS", OptionType.oneOf(FlagFilter.class)).orElse(FlagFilter.WITHOUT),
                duration("MAX_AGE", "h"),
                events(type),
                duration("ALERT_GAP", "m").orElse(DEFAULT_GAP));
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        for (String label : split("LABELS")) {
            int sign = label.indexOf('=');
            if (sign < 1) {
                problems.add("LABELS is '" + Printable.brief(text("LABELS").orElse(""))
                        + "'; expected name=value, separated by commas, for example owner=anna,kind=bike");
                return Map.of();
            }
            labels.put(
                    label.substring(0, sign).strip(), label.substring(sign + 1).strip());
        }
        return labels;
    }

    private Set<String> events(SinkType type) {
        Set<String> events = new TreeSet<>(split("EVENTS"));
        for (String event : events) {
            if (!SinkType.EVENTS.contains(event)) {
                problems.add(
                        "EVENTS contains '" + Printable.brief(event) + "', which is no type of event; did you mean "
                                + NearestNames.of(event, SinkType.EVENTS).get(0) + "?");
            }
        }
        return events.isEmpty() ? type.events() : events;
    }

    private List<String> split(String option) {
        return text(option)
                .map(text -> List.of(text.split(",")).stream()
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .toList())
                .orElse(List.of());
    }

    Optional<Duration> duration(String option, String unit) {
        return value(option, OptionType.duration(unit, Duration.ZERO, LONGEST));
    }

    /** The text of a line. */
    Optional<String> text(String option) {
        return Optional.ofNullable(lines.get(option)).map(String::strip);
    }

    /** The value of a line; a problem is noted. */
    <T> Optional<T> value(String option, OptionType<T> type) {
        return text(option)
                .flatMap(text -> attempt(
                        () -> type.parser().apply(text),
                        reason -> option + " is '" + Printable.brief(text) + "'; expected " + reason));
    }

    /** An address; the message repeats none, because it can be secret. */
    Optional<URI> url(String option) {
        return text(option)
                .flatMap(text -> attempt(
                        () -> URI.create(text),
                        reason -> option + " is no address; expected for example https://example.com/hook"));
    }

    /** Makes something of the values; a problem is noted. */
    <T> Optional<T> attempt(Supplier<T> work) {
        return attempt(work, reason -> reason);
    }

    private <T> Optional<T> attempt(Supplier<T> work, UnaryOperator<String> sentence) {
        try {
            return Optional.of(work.get());
        } catch (IllegalArgumentException e) {
            problems.add(sentence.apply(String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    void problem(String sentence) {
        problems.add(sentence);
    }

    /** The text of a file that a line names; a relative path begins at the directory of the sinks. */
    Optional<String> secret(String option) {
        Optional<String> path = text(option);
        if (path.isEmpty()) {
            return Optional.empty();
        }
        try {
            String text = TextFiles.read(directory.resolve(path.get())).strip();
            if (!text.isEmpty()) {
                read.add(text);
                return Optional.of(text);
            }
            problems.add(option + " names an empty file, " + Printable.brief(path.get()));
        } catch (IOException e) {
            problems.add(option + " names " + Printable.brief(path.get()) + ", which cannot be read: "
                    + FileProblems.reason(e));
        } catch (IllegalArgumentException e) {
            problems.add(
                    option + " is '" + Printable.brief(path.get()) + "'; expected a path that this machine can have");
        }
        return Optional.empty();
    }

    Optional<Credentials> credentials() {
        Optional<String> password = secret("PASSWORD_FILE");
        if (password.isPresent() && text("USER").isEmpty()) {
            problems.add("PASSWORD_FILE is set, but USER is not");
        }
        return password.flatMap(secret -> text("USER").map(user -> new Credentials(user, secret)));
    }

    Optional<KeyStore> trusted() {
        return value("TRUST_CERTIFICATE", CertificateFile.type()).map(SinkFileParser::keyStore);
    }

    private static KeyStore keyStore(CertificateFile file) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < file.certificates().size(); i++) {
                store.setCertificateEntry("trusted-" + i, file.certificates().get(i));
            }
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java cannot keep certificates", e);
        }
    }

    Optional<ProxySelector> proxies() {
        return proxies;
    }
}
