package org.trackerreports.tools.command;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that appears under its name only when it is complete: it is written beside its place, readable by its owner alone, and renamed by
 * {@link #complete}. Closed before, or when the program is ended by a signal, nothing is left of it. Not thread-safe.
 */
public final class OutputFile implements Closeable {

    private final Path target;
    private final Path part;
    private final BufferedWriter writer;
    private final Thread atEnd;

    private OutputFile(Path target, Path part) throws IOException {
        this.target = target;
        this.part = part;
        this.writer = Files.newBufferedWriter(part);
        this.atEnd = new Thread(this::remove, "remove an incomplete file");
        Runtime.getRuntime().addShutdownHook(atEnd);
    }

    /** Begins a file. @throws IOException if nothing can be written there; the message says where and why */
    public static OutputFile at(Path target) throws IOException {
        Path place = target.toAbsolutePath();
        if (Files.isDirectory(place)) {
            throw new IOException(target + " is a directory; expected a file's name");
        }
        Path directory = place.getParent();
        if (!Files.isDirectory(directory)) {
            throw new IOException("there is no directory " + directory + " to write " + place.getFileName() + " into");
        }
        try {
            return new OutputFile(place, Files.createTempFile(directory, "." + place.getFileName() + ".", ".part"));
        } catch (IOException e) {
            throw new IOException(target + " cannot be written: " + e, e);
        }
    }

    /** Takes the text, as UTF-8. */
    public Writer writer() {
        return writer;
    }

    /** Gives the file its name; another of that name is replaced. */
    public void complete() throws IOException {
        writer.close();
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** What cannot be removed while the program ends stays; its name says that it is a part. */
    private boolean remove() {
        return part.toFile().delete();
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(atEnd);
        } catch (IllegalStateException e) {
            // The program is being ended: the hook removes the file.
            return;
        }
        try {
            writer.close();
        } finally {
            remove();
        }
    }
}
