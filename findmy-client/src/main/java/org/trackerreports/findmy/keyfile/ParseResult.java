package org.trackerreports.findmy.keyfile;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trackerreports.findmy.key.Alignment;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.key.StaticKeys;
import org.trackerreports.findmy.key.TrackerKeys;

/**
 * What is found while one file is read, before names and alignments of other files are joined to it. The readers fill it; used by
 * one thread.
 */
final class ParseResult {

    /** A step that may find its entry unusable. */
    interface Step {
        void run() throws UnusableEntryException;
    }

    /** A tracker; its name is open while the naming records may still be in another file. */
    record Found(String fallbackName, Optional<String> name, TrackerKeys keys, Optional<String> identifier) {}

    /** How far the keys of a beacon have come, from a record of its own. */
    record AlignmentOf(String where, String beacon, Alignment alignment) {}

    /** The name of a beacon, from a record of its own. */
    record NameOf(String where, String beacon, String name) {}

    final List<Found> found = new ArrayList<>();
    final List<KeyFileProblem> problems = new ArrayList<>();
    final List<AlignmentOf> alignments = new ArrayList<>();
    final List<NameOf> names = new ArrayList<>();

    /** Beacons with a problem of their own; records that belong to them need no second one. */
    final Set<String> unusableBeacons = new LinkedHashSet<>();

    /** The place of a problem that is not about one entry. */
    static final String WHOLE_FILE = "file";

    private static final int MAX_PROBLEMS = 1_000;

    private final String fallbackName;
    private final Optional<String> folder;
    private KeyFileFormat format = KeyFileFormat.UNKNOWN;

    ParseResult(String fileName) {
        this.fallbackName = Labels.fromFileName(fileName);
        this.folder = Labels.folderOf(fileName);
    }

    /** The name of the folder that the file lies in, where it is known. */
    Optional<String> folder() {
        return folder;
    }

    KeyFileFormat format() {
        return format;
    }

    /** Keeps the first format, so that the first entry of a file speaks for all. */
    void recognised(KeyFileFormat as) {
        if (format == KeyFileFormat.UNKNOWN) {
            format = as;
        }
    }

    void tracker(Optional<String> name, TrackerKeys keys, Optional<String> identifier) {
        found.add(new Found(fallbackName, name.flatMap(Labels::clean), keys, identifier.flatMap(Labels::clean)));
    }

    /** A tracker with static keys; the same key named twice is one key. */
    void staticKeys(Optional<String> name, List<PrivateTrackerKey> keys, Optional<String> identifier) {
        tracker(name, new StaticKeys(List.copyOf(new LinkedHashSet<>(keys))), identifier);
    }

    /** Notes a problem. Beyond a thousand nobody reads them, and a hostile file could fill the memory with them. */
    void problem(String where, String message) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(new KeyFileProblem(where, message));
        } else if (problems.size() == MAX_PROBLEMS) {
            problems.add(new KeyFileProblem(where, "there are more problems from here on, which are not listed"));
        }
    }

    /** Runs a step for one entry; if the entry is unusable, that is its problem alone. */
    void attempt(String where, Step step) {
        try {
            step.run();
        } catch (UnusableEntryException e) {
            problem(where, e.getMessage());
        }
    }

    /** Takes over what was found in a file inside this one. */
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
