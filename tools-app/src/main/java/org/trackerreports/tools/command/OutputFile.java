package org.trackerreports.tools.command;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.trackerreports.core.text.FileProblems;

/**
 * A file that gets its name only when it is complete. It is written next to its place, readable by its owner alone, and {@link #complete}
 * renames it. If it is closed before that, or a signal ends the program, nothing of it stays. A pipe or a device cannot be replaced and is
 * written to directly. Not thread-safe.
 */
public final class OutputFile implements Closeable {

    private final Path target;
    /** A temporary file next to the target, or the target itself if it cannot be replaced. */
    private final Path written;

    private final BufferedWriter writer;
    private final Thread atEnd;

    private OutputFile(Path target, Path written, StandardOpenOption... how) throws IOException {
        this.target = target;
        this.written = written;
        this.writer = Files.newBufferedWriter(written, how);
        this.atEnd = new Thread(this::remove, "remove an incomplete file");
        Runtime.getRuntime().addShutdownHook(atEnd);
    }

    /**
     * Opens a file for writing.
     *
     * @throws IOException if it cannot be written; the message says where and why
     */
    public static OutputFile at(Path target) throws IOException {
        Path place = target.toAbsolutePath();
        if (Files.isDirectory(place)) {
            throw new IOException(target + " is a directory; expected a file");
        }
        Path directory = place.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new IOException("there is no directory " + directory + " to write " + place.getFileName() + " into");
        }
        try {
            if (Files.exists(place) && !Files.isRegularFile(place)) {
                return new OutputFile(place, place, StandardOpenOption.WRITE);
            }
            return besides(place);
        } catch (IOException e) {
            throw new IOException(target + " cannot be written: " + FileProblems.reason(e), e);
        }
    }

    private static OutputFile besides(Path place) throws IOException {
        // A link stays; its target is replaced.
        Path real = Files.exists(place) ? place.toRealPath() : place;
        return new OutputFile(real, Files.createTempFile(real.getParent(), "." + real.getFileName() + ".", ".part"));
    }

    /** Writes text as UTF-8. */
    public Writer writer() {
        return writer;
    }

    /** Gives the file its name, and replaces an existing file. */
    public void complete() throws IOException {
        writer.close();
        if (isInPlace()) {
            return;
        }
        try {
            Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(written, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private boolean isInPlace() {
        return written.equals(target);
    }

    /** Removes the temporary file. If that fails, its name shows that it is incomplete. */
    private boolean remove() {
        return !isInPlace() && written.toFile().delete();
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(atEnd);
        } catch (IllegalStateException e) {
            // The program is ending: the hook removes the file.
            return;
        }
        try {
            writer.close();
        } finally {
            remove();
        }
    }
}
