package org.trackerreports.findmy.keyfile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.trackerreports.findmy.key.AdvertisementKey;
import org.trackerreports.findmy.key.PrivateTrackerKey;

/**
 * Reads the {@code .keys} text of biemster/FindMy, macless-haystack, FindMyFlipper and go-haystack: lines with a label and a value.
 * Several groups of lines in a file are the keys that one tracker cycles through.
 */
final class KeysTextReader {

    private enum Label {
        PRIVATE("private key"),
        PRIVATE_HEX("private key (hex)"),
        ADVERTISED("advertisement key"),
        ADVERTISED_HEX("advertisement key (hex)"),
        HASHED("hashed adv key");

        private final String text;

        Label(String text) {
            this.text = text;
        }

        static Optional<Label> of(String text) {
            for (Label label : values()) {
                if (label.text.equals(text)) {
                    return Optional.of(label);
                }
            }
            return Optional.empty();
        }

        boolean isPrivate() {
            return this == PRIVATE || this == PRIVATE_HEX;
        }
    }

    private record Line(int number, Label label, String value) {

        /** Omits the value, which may be a secret. */
        @Override
        public String toString() {
            return "Line[" + number + ", " + label + "]";
        }
    }

    private static final Pattern RECOGNISED = Pattern.compile(
            "^\\s*(private key|advertisement key|hashed adv key)( \\(hex\\))?\\s*:",
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    /** Lines that FindMyFlipper adds. They follow from the key. */
    private static final Set<String> DERIVED = Set.of("mac", "payload");

    private KeysTextReader() {}

    static boolean recognises(String text) {
        return RECOGNISED.matcher(text).find();
    }

    static void read(String text, ParseResult result) {
        result.recognised(KeyFileFormat.KEYS_TEXT);
        List<PrivateTrackerKey> keys = new ArrayList<>();
        for (Map<Label, Line> group : groups(lines(text, result))) {
            int first = group.values().stream().mapToInt(Line::number).min().orElseThrow();
            result.attempt("line " + first, () -> keys.add(key(group)));
        }
        if (!keys.isEmpty()) {
            result.staticKeys(Optional.empty(), keys, Optional.empty());
        }
    }

    private static List<Line> lines(String text, ParseResult result) {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String each : (Iterable<String>) text.lines()::iterator) {
            number++;
            String line = each.strip();
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            Optional<Label> label = Label.of(name);
            if (label.isPresent()) {
                lines.add(
                        new Line(number, label.get(), line.substring(colon + 1).strip()));
            } else if (!line.isEmpty() && !line.startsWith("#") && !DERIVED.contains(name)) {
                result.problem(
                        "line " + number,
                        "this line is unknown and ignored; expected a label such as \"Private key: \" and a value");
            }
        }
        return lines;
    }

    /** The lines of each key. The private key is the first in its group or, in the files of some programs, the last. */
    private static List<Map<Label, Line>> groups(List<Line> lines) {
        boolean privateLast = !lines.isEmpty()
                && !lines.get(0).label().isPrivate()
                && lines.get(lines.size() - 1).label().isPrivate();
        if (privateLast) {
            Collections.reverse(lines);
        }
        List<Map<Label, Line>> groups = new ArrayList<>();
        Map<Label, Line> group = new EnumMap<>(Label.class);
        for (Line line : lines) {
            boolean begins = line.label() == Label.PRIVATE && !group.keySet().equals(Set.of(Label.PRIVATE_HEX));
            if (!group.isEmpty() && (begins || group.containsKey(line.label()))) {
                groups.add(group);
                group = new EnumMap<>(Label.class);
            }
            group.put(line.label(), line);
        }
        if (!group.isEmpty()) {
            groups.add(group);
        }
        if (privateLast) {
            Collections.reverse(groups);
        }
        return groups;
    }

    private static PrivateTrackerKey key(Map<Label, Line> group) throws UnusableEntryException {
        Optional<byte[]> base64 = value(group, Label.PRIVATE);
        Optional<byte[]> hex = value(group, Label.PRIVATE_HEX);
        if (base64.isEmpty() && hex.isEmpty()) {
            throw new UnusableEntryException(
                    "these lines have no \"Private key\"; reports cannot be decrypted without it");
        }
        PrivateTrackerKey key =
                KeyBytes.privateKey("the private key", base64.or(() -> hex).orElseThrow());
        if (hex.isPresent() && !key.equals(KeyBytes.privateKey("the hexadecimal private key", hex.get()))) {
            throw new UnusableEntryException("the private keys in base64 and in hexadecimal differ");
        }
        for (Label label : List.of(Label.ADVERTISED, Label.ADVERTISED_HEX)) {
            Optional<byte[]> advertised = value(group, label);
            if (advertised.isPresent()) {
                KeyBytes.requireAdvertised(key, advertised.get());
            }
        }
        Optional<byte[]> hashed = value(group, Label.HASHED);
        if (hashed.isPresent()) {
            KeyBytes.requireHashed(key, hashed.get());
        }
        return key;
    }

    private static Optional<byte[]> value(Map<Label, Line> group, Label label) throws UnusableEntryException {
        Line line = group.get(label);
        if (line == null) {
            return Optional.empty();
        }
        String what = '"' + label.text + "\" in line " + line.number();
        return Optional.of(
                switch (label) {
                    case PRIVATE, ADVERTISED, HASHED -> KeyBytes.base64(what, line.value());
                    case PRIVATE_HEX -> KeyBytes.hex(what, line.value(), PrivateTrackerKey.BYTES);
                    case ADVERTISED_HEX -> KeyBytes.hex(what, line.value(), AdvertisementKey.BYTES);
                });
    }
}
