package org.trackerreports.tools.key;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.text.FileProblems;
import org.trackerreports.core.text.Printable;
import org.trackerreports.findmy.file.TextFiles;
import org.trackerreports.findmy.keyfile.KeyFile;
import org.trackerreports.findmy.keyfile.KeyFileProblem;
import org.trackerreports.findmy.keyfile.KeyFiles;
import org.trackerreports.findmy.keyfile.NamedKeys;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.Terminal;

/** Reads key files: all formats of the client, and CSV. */
public final class KeySources {

    private KeySources() {}

    /** Receives what the files hold: each file, then its trackers and its problems. */
    public interface Reader {

        /**
         * A file begins.
         *
         * @param format what it was recognised as, for people
         */
        default void file(Path file, String format) {}

        /** The file holds a tracker. */
        void tracker(LabelledKeys tracker);

        /** A part of the file cannot be used. */
        void problem(Path file, KeyFileProblem problem);
    }

    /**
     * Reads files. CSV files may have any length, because they are read row by row; other files are read as a whole.
     *
     * @param codes opens locked zips
     * @param terminal who is asked for a code
     * @throws CommandFailure if the file with the codes cannot be read
     */
    public static void read(List<Path> files, ZipCodes codes, Terminal terminal, Reader reader) throws CommandFailure {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        Map<Path, String> unreadable = new LinkedHashMap<>();
        for (Path file : files) {
            if (!isCsv(file)) {
                load(file, contents, unreadable);
            }
        }
        // Together, because some formats store names and alignments in separate files.
        Map<String, KeyFile> read = KeyFiles.readAll(contents, codes.of(contents, terminal));
        for (Path file : files) {
            if (isCsv(file)) {
                reader.file(file, "CSV");
                new CsvTrackers(reader::tracker, problem -> reader.problem(file, problem)).read(file);
            } else if (unreadable.containsKey(file)) {
                reader.file(file, "unreadable");
                reader.problem(file, new KeyFileProblem("the file", unreadable.get(file)));
            } else {
                KeyFile found = Objects.requireNonNull(read.get(file.toString()));
                reader.file(file, found.format().title());
                found.trackers().forEach(named -> reader.tracker(LabelledKeys.of(named)));
                found.problems().forEach(problem -> reader.problem(file, problem));
            }
        }
    }

    /**
     * The trackers in files, for a command that needs at least one.
     *
     * @param codes opens locked zips
     * @param terminal who is asked for a code
     * @param complain receives each problem as a line for people
     * @throws CommandFailure if none of the files holds a tracker
     */
    public static List<NamedKeys> require(
            List<Path> files, ZipCodes codes, Terminal terminal, Consumer<String> complain) throws CommandFailure {
        List<NamedKeys> trackers = new ArrayList<>();
        read(files, codes, terminal, new Reader() {
            @Override
            public void tracker(LabelledKeys tracker) {
                trackers.add(tracker.named());
            }

            @Override
            public void problem(Path file, KeyFileProblem problem) {
                complain.accept(Printable.of(file + ", " + problem.where() + ": " + problem.message()));
            }
        });
        if (trackers.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.FAILED, "The files hold no usable key. Look into them: findmy tools keys inspect FILE");
        }
        return trackers;
    }

    private static boolean isCsv(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
    }

    private static void load(Path file, Map<String, byte[]> contents, Map<Path, String> unreadable) {
        try {
            if (Files.isDirectory(file)) {
                unreadable.put(file, "is a folder; give the files in it, such as " + file.resolve("*"));
                return;
            }
            contents.put(file.toString(), TextFiles.readBytes(file, KeyFiles.MAX_BYTES));
        } catch (IOException e) {
            unreadable.put(file, "cannot be read: " + FileProblems.reason(e));
        }
    }
}
