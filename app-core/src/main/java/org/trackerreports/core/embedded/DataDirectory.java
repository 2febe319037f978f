package org.trackerreports.core.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.trackerreports.findmy.file.OwnerOnlyFiles;

/**
 * The directory that holds this installation's own files, readable by its owner alone. Thread-safe, also across processes where a
 * method says so.
 *
 * @param path the directory
 */
public record DataDirectory(Path path) {

    /**
     * Makes the directory if it is missing.
     *
     * @throws IOException if it cannot be made or written to; the message says what to do
     */
    public static DataDirectory prepare(Path path) throws IOException {
        try {
            OwnerOnlyFiles.createDirectories(path);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("DATA_DIR " + path + " is a file, expected a directory", e);
        } catch (IOException e) {
            throw new IOException(
                    "DATA_DIR " + path + " cannot be made (" + e.getMessage()
                            + "); choose another with --data-dir or mend its rights",
                    e);
        }
        if (!Files.isWritable(path)) {
            throw new IOException(
                    "DATA_DIR " + path + " cannot be written to; choose another with --data-dir or mend its rights");
        }
        return new DataDirectory(path);
    }

    /** A file or directory in here. */
    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** A directory in here, made if it is missing. */
    Path directory(String name) throws IOException {
        return OwnerOnlyFiles.createDirectories(resolve(name));
    }

    /**
     * The secret in a file, made when it is missing. When two processes make it at once, both get the same.
     *
     * @param content gives a new secret, one line of text
     */
    public String secret(String name, Supplier<String> content) throws IOException {
        Path file = resolve(name);
        if (!Files.exists(file)) {
            try {
                OwnerOnlyFiles.create(file, content.get().getBytes(StandardCharsets.UTF_8));
            } catch (FileAlreadyExistsException e) {
                // Another process was faster; its secret counts.
            }
        }
        return Files.readString(file).strip();
    }

    /** Replaces a file as a whole; it is readable by its owner alone. */
    void replace(String name, String content) throws IOException {
        OwnerOnlyFiles.replace(resolve(name), content.getBytes(StandardCharsets.UTF_8));
    }
}
