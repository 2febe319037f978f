package org.trackerreports.core.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.trackerreports.core.config.ConfiguredDirectory;
import org.trackerreports.findmy.file.OwnerOnlyFiles;

/**
 * The directory that holds this installation's files. Only its owner can read them. Thread-safe.
 *
 * @param path the directory
 */
public record DataDirectory(Path path) {

    /**
     * Creates the directory if it is missing.
     *
     * @throws IOException if it cannot be created or written to; the message says what to do
     */
    public static DataDirectory prepare(Path path) throws IOException {
        ConfiguredDirectory.prepare("DATA_DIR", path, "choose another with --data-dir or correct its permissions");
        return new DataDirectory(path);
    }

    /** The path of a file or directory in this directory. */
    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** Returns a directory in this directory, and creates it if it is missing. */
    Path directory(String name) throws IOException {
        return OwnerOnlyFiles.createDirectories(resolve(name));
    }

    /**
     * Reads a secret from a file, or creates the file if it is missing. Processes that create it at the same time get the same secret.
     *
     * @param content creates a new secret, one line of text
     */
    public String secret(String name, Supplier<String> content) throws IOException {
        Path file = resolve(name);
        if (!Files.exists(file)) {
            try {
                OwnerOnlyFiles.create(file, content.get().getBytes(StandardCharsets.UTF_8));
            } catch (FileAlreadyExistsException e) {
                // Another process has just created it; its secret is valid.
            }
        }
        return Files.readString(file).strip();
    }

    /** Replaces a file atomically; only its owner can read it. */
    void replace(String name, String content) throws IOException {
        OwnerOnlyFiles.replace(resolve(name), content.getBytes(StandardCharsets.UTF_8));
    }
}
