package org.trackerreports.core.keyfile;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.trackerreports.findmy.keyfile.KeyFile;
import org.trackerreports.findmy.keyfile.KeyFileProblem;
import org.trackerreports.findmy.keyfile.KeyFiles;

/** Reads key files: all formats of the client, and CSV. */
public final class KeySourceReader {

    private KeySourceReader() {}

    /** Receives what the files hold: each file, then its trackers and its problems. */
    public interface Listener {

        /**
         * A file begins.
         *
         * @param format what it was recognised as, for people
         */
        default void file(String name, String format) {}

        /** The file holds a tracker. */
        void tracker(String file, LabelledKeys tracker);

        /** A part of the file cannot be used. */
        void problem(String file, KeyFileProblem problem);
    }

    /**
     * Reads files together, because some formats store names and alignments in separate files.
     *
     * @param sources no two of them with the same name and different contents
     * @param codes each is tried for each locked zip
     */
    public static void read(List<KeySource> sources, Collection<String> codes, Listener listener) {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        sources.forEach(source -> source.content().ifPresent(content -> contents.put(source.name(), content)));
        Map<String, KeyFile> read = KeyFiles.readAll(contents, codes);
        sources.forEach(source -> read(source, read, listener));
    }

    private static void read(KeySource source, Map<String, KeyFile> read, Listener listener) {
        String name = source.name();
        if (source.rows().isPresent()) {
            listener.file(name, "CSV");
            new CsvTrackers(tracker -> listener.tracker(name, tracker), problem -> listener.problem(name, problem))
                    .read(source.rows().get());
        } else if (source.problem().isPresent()) {
            listener.file(name, "unreadable");
            listener.problem(
                    name, new KeyFileProblem("the file", source.problem().get()));
        } else {
            KeyFile found = Objects.requireNonNull(read.get(name));
            listener.file(name, found.format().title());
            found.trackers().forEach(named -> listener.tracker(name, LabelledKeys.of(named)));
            found.problems().forEach(problem -> listener.problem(name, problem));
        }
    }
}
