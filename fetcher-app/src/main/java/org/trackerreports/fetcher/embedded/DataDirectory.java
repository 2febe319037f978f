package org.trackerreports.fetcher.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The directory that holds this installation's own files, readable by its owner alone. Thread-safe, also across processes where a
 * method says so.
 *
 * @param path the directory
 */
public record DataDirectory(Path path) {

    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_DIRECTORY = PosixFilePermissions.fromString("rwx------");

    /**
     * Makes the directory if it is missing.
     *
     * @throws IOException if it cannot be made or written to; the message says what to do
     */
    public static DataDirectory prepare(Path path) throws IOException {
        try {
            Files.createDirectories(path, attributes(path, OWNER_DIRECTORY));
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
        return Files.createDirectories(resolve(name), attributes(path, OWNER_DIRECTORY));
    }

    /**
     * The secret in a file, made when it is missing. When two processes make it at once, both get the same.
     *
     * @param content gives a new secret, one line of text
     */
    public String secret(String name, Supplier<String> content) throws IOException {
        Path file = resolve(name);
        if (!Files.exists(file)) {
            Path fresh = Files.createTempFile(path, name, ".new", attributes(path, OWNER_FILE));
            try {
                Files.writeString(fresh, content.get());
                Files.createLink(file, fresh);
            } catch (FileAlreadyExistsException e) {
                // Another process was faster; its secret counts.
            } finally {
                Files.deleteIfExists(fresh);
            }
        }
        return Files.readString(file).strip();
    }

    /** Replaces a file as a whole; it is readable by its owner alone. */
    void replace(String name, String content) throws IOException {
        Path fresh = Files.createTempFile(path, name, ".new", attributes(path, OWNER_FILE));
        Files.writeString(fresh, content, StandardCharsets.UTF_8, StandardOpenOption.WRITE);
        try {
            Files.move(fresh, resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static FileAttribute<?>[] attributes(Path near, Set<PosixFilePermission> permissions) {
        boolean posix = near.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }
}
