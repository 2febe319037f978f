package org.trackerreports.findmy.keyfile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.trackerreports.findmy.key.Alignment;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.key.StaticKeys;
import org.trackerreports.findmy.key.TrackerKeys;

/**
 * Collects what the readers find in one file, before {@link RecordJoiner} adds names and alignments from other files. Not thread-safe.
 */
final class ParseResult {

    /** A step that fails if an entry cannot be used. */
    interface Step {
        void run() throws UnusableEntryException;
    }

    /** A tracker. Its name is empty if it may be in another file. */
    record Found(
            String fallbackName,
            Optional<String> name,
            TrackerKeys keys,
            Optional<String> identifier,
            boolean appleDevice) {}

    /** The alignment of a beacon, from a separate record. */
    record AlignmentOf(String where, String beacon, Alignment alignment) {}

    /** The name of a beacon, from a separate record. */
    record NameOf(String where, String beacon, String name) {}

    final List<Found> found = new ArrayList<>();
    final List<KeyFileProblem> problems = new ArrayList<>();
    final List<AlignmentOf> alignments = new ArrayList<>();
    final List<NameOf> names = new ArrayList<>();

    /** Beacons that already have a problem. Records that belong to them do not cause another one. */
    final Set<String> unusableBeacons = new LinkedHashSet<>();

    /** The place of a problem that concerns the whole file. */
    static final String WHOLE_FILE = "file";

    private static final int MAX_PROBLEMS = 1_000;

    private final String fallbackName;
    private final Optional<String> folder;
    private KeyFileFormat format = KeyFileFormat.UNKNOWN;

    ParseResult(String fileName) {
        this.fallbackName = Labels.fromFileName(fileName);
        this.folder = Labels.folderOf(fileName);
    }

    /** The name of the folder that contains the file, if known. */
    Optional<String> folder() {
        return folder;
    }

    KeyFileFormat format() {
        return format;
    }

    /** Sets the format of the file. The first entry decides; later calls have no effect. */
    void recognised(KeyFileFormat as) {
        if (format == KeyFileFormat.UNKNOWN) {
            format = as;
        }
    }

    void tracker(Optional<String> name, TrackerKeys keys, Optional<String> identifier, boolean appleDevice) {
        found.add(new Found(
                fallbackName, name.flatMap(Labels::clean), keys, identifier.flatMap(Labels::clean), appleDevice));
    }

    /** Adds a tracker with static keys. Drops duplicate keys. */
    void staticKeys(Optional<String> name, List<PrivateTrackerKey> keys, Optional<String> identifier) {
        tracker(name, new StaticKeys(List.copyOf(new LinkedHashSet<>(keys))), identifier, false);
    }

    /** Adds a problem. The number is limited, because a hostile file could fill the memory with problems. */
    void problem(String where, String message) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(new KeyFileProblem(where, message));
        } else if (problems.size() == MAX_PROBLEMS) {
            problems.add(new KeyFileProblem(where, "there are more problems after this one, which are not listed"));
        }
    }

    /** Runs a step for one entry. If the entry cannot be used, adds a problem for it. */
    void attempt(String where, Step step) {
        try {
            step.run();
        } catch (UnusableEntryException e) {
            problem(where, e.getMessage());
        }
    }

    /**
     * Reads each entry of a file. Adds a problem for each one that is not an object.
     *
     * @param root one entry, or a list of entries
     * @param expected what an entry must be, for the problem
     * @param reader takes the place of the entry, such as {@code entry 1 (Bike)}, and the entry
     */
    void eachEntry(@Nullable Object root, String expected, BiConsumer<String, Entry> reader) {
        List<?> entries = root instanceof List<?> list ? list : Collections.singletonList(root);
        for (int i = 0; i < entries.size(); i++) {
            String number = "entry " + (i + 1);
            Entry.of(entries.get(i))
                    .ifPresentOrElse(
                            entry -> reader.accept(number + label(entry), entry),
                            () -> problem(number, "this is not " + expected + "; expected a tracker with its keys"));
        }
    }

    private static String label(Entry entry) {
        return entry.label("name")
                .or(() -> entry.label("identifier"))
                .map(text -> " (" + text + ")")
                .orElse("");
    }

    /** Adds the results of a file inside this one. */
    void absorb(String fileName, ParseResult inner) {
        found.addAll(inner.found);
        inner.problems.forEach(each ->
                problem(each.where().equals(WHOLE_FILE) ? fileName : fileName + ", " + each.where(), each.message()));
        inner.alignments.forEach(each ->
                alignments.add(new AlignmentOf(fileName + ", " + each.where(), each.beacon(), each.alignment())));
        inner.names.forEach(each -> names.add(new NameOf(fileName + ", " + each.where(), each.beacon(), each.name())));
        unusableBeacons.addAll(inner.unusableBeacons);
    }
}
