package org.trackerreports.core.keyfile;

import java.io.BufferedReader;
import java.io.CharArrayReader;
import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.trackerreports.core.text.FileProblems;
import org.trackerreports.findmy.file.TextFiles;
import org.trackerreports.findmy.keyfile.KeyFiles;

/** A key file by its name: from a disk, or in memory. What its name ends in matters for CSV alone. Thread-safe. */
public final class KeySource {

    private final String name;
    private final Optional<byte[]> content;
    private final Optional<Rows> rows;
    private final Optional<String> problem;

    /** Opens the text of a CSV file. */
    @FunctionalInterface
    interface Rows {
        BufferedReader open() throws IOException;
    }

    private KeySource(String name, Optional<byte[]> content, Optional<Rows> rows, Optional<String> problem) {
        this.name = name;
        this.content = content;
        this.rows = rows;
        this.problem = problem;
    }

    /**
     * A file on a disk. It is read at once; but CSV files may have any length, because they are read row by row. A file that cannot be
     * read is told as a problem where the file is read.
     */
    public static KeySource of(Path file) {
        String name = file.toString();
        if (isCsv(name)) {
            return new KeySource(name, Optional.empty(), Optional.of(() -> TextFiles.open(file)), Optional.empty());
        }
        if (Files.isDirectory(file)) {
            return unreadable(name, "is a folder; give the files in it, such as " + file.resolve("*"));
        }
        try {
            return of(name, TextFiles.readBytes(file, KeyFiles.MAX_BYTES));
        } catch (IOException e) {
            return unreadable(name, "cannot be read: " + FileProblems.reason(e));
        }
    }

    /**
     * A file in memory.
     *
     * @param content the whole file; not copied, the caller may wipe it after reading
     */
    public static KeySource of(String name, byte[] content) {
        return isCsv(name)
                ? new KeySource(name, Optional.empty(), Optional.of(() -> text(content)), Optional.empty())
                : new KeySource(name, Optional.of(content), Optional.empty(), Optional.empty());
    }

    private static KeySource unreadable(String name, String why) {
        return new KeySource(name, Optional.empty(), Optional.empty(), Optional.of(why));
    }

    private static BufferedReader text(byte[] content) {
        CharBuffer text = TextFiles.decode(content);
        return new BufferedReader(
                new CharArrayReader(text.array(), text.arrayOffset() + text.position(), text.remaining()));
    }

    private static boolean isCsv(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".csv");
    }

    /** The name, with or without folders. */
    public String name() {
        return name;
    }

    /** Whether it is a zip that needs a code. */
    public boolean isLocked() {
        return content.filter(KeyFiles::isLocked).isPresent();
    }

    /** Whether a code opens it; true for one wrong code in 65,536, too. */
    public boolean isOpenedBy(String code) {
        return content.filter(bytes -> KeyFiles.isOpenedBy(bytes, code)).isPresent();
    }

    /** The whole file, unless it is CSV or cannot be read. */
    Optional<byte[]> content() {
        return content;
    }

    /** The rows, if it is CSV. */
    Optional<Rows> rows() {
        return rows;
    }

    /** Why it cannot be read. */
    Optional<String> problem() {
        return problem;
    }
}
