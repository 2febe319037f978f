package org.trackerreports.core.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.config.ConfiguredDirectory;
import org.trackerreports.findmy.file.OwnerOnlyAccess;
import org.trackerreports.findmy.file.OwnerOnlyFiles;

/** The directory that holds this installation's files. Only its owner can read and change them. Thread-safe. */
public final class DataDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);

    private final Path path;
    private final List<String> corrections = new CopyOnWriteArrayList<>();

    private DataDirectory(OwnerOnlyAccess.Result result) {
        this.path = result.path();
        result.correction().ifPresent(corrections::add);
    }

    /**
     * Creates the directory if it is missing, and takes the permissions of other users if they have any.
     *
     * @throws IOException if it cannot be created or written to, or another user can change it; the message says what to do
     */
    public static DataDirectory prepare(Path path) throws IOException {
        return new DataDirectory(ConfiguredDirectory.prepare(
                "DATA_DIR", path, "choose another with --data-dir or correct its permissions"));
    }

    /** The directory, without symbolic links. */
    public Path path() {
        return path;
    }

    /** What other users of this machine could do until this object corrected it; one sentence each. */
    public List<String> corrections() {
        return List.copyOf(corrections);
    }

    /** The path of a file or directory in this directory. */
    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** Whether an embedded database was ever started here. */
    public boolean hasDatabase() {
        return Files.isDirectory(resolve("postgresql"));
    }

    /** Returns a directory in this directory, and creates it if it is missing. */
    Path directory(String name) throws IOException {
        return corrected(OwnerOnlyAccess.secureDirectory(OwnerOnlyFiles.createDirectories(resolve(name))));
    }

    /** Returns a file in this directory, and creates it if it is missing. */
    Path privateFile(String name) throws IOException {
        Path file = resolve(name);
        OwnerOnlyFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                .close();
        return corrected(OwnerOnlyAccess.secureFile(file));
    }

    private Path corrected(OwnerOnlyAccess.Result result) {
        result.correction().ifPresent(correction -> {
            LOG.warn("{}", correction);
            corrections.add(correction);
        });
        return result.path();
    }

    /**
     * Reads a secret from a file, or creates the file if it is missing. Processes that create it at the same time get the same secret.
     *
     * @param content creates a new secret, one line of text
     * @throws IOException if it cannot be read or created, or another user can change it
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
        return Files.readString(corrected(OwnerOnlyAccess.secureFile(file))).strip();
    }

    /** Replaces a file atomically; only its owner can read it. */
    void replace(String name, String content) throws IOException {
        OwnerOnlyFiles.replace(resolve(name), content.getBytes(StandardCharsets.UTF_8));
    }
}
