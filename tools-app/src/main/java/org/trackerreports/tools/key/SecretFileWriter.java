package org.trackerreports.tools.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.findmy.file.OwnerOnlyFiles;
import org.trackerreports.tools.command.CommandFailure;

/** Writes files that only their owner may read. */
public final class SecretFileWriter {

    private SecretFileWriter() {}

    /** Creates a folder that only its owner can read, if it does not exist. */
    public static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            OwnerOnlyFiles.createDirectories(folder);
        }
    }

    /** Requires that none of several files exists, so that either all of them are written or none. */
    public static void requireFree(Collection<Path> files) throws CommandFailure {
        for (Path file : files) {
            if (Files.exists(file)) {
                throw new CommandFailure(
                        ExitCode.FAILED,
                        "There is a file " + file + " already; nothing was written. Name another place, or move it.");
            }
        }
    }

    /**
     * Writes a new file with mode 0600, where the file system has modes.
     *
     * @throws CommandFailure if there is a file of that name, which stays as it is
     */
    public static void write(Path file, byte[] content) throws IOException, CommandFailure {
        try {
            OwnerOnlyFiles.create(file, content);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "There is a file " + file + " already; nothing of it was changed. Name another place, or move it.");
        }
    }

    /** The same for a text. */
    public static void write(Path file, String content) throws IOException, CommandFailure {
        write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    /** A name as a file can have it: what some system does not take in a file's name becomes {@code _}. */
    public static String fileName(String name) {
        String safe = name.replaceAll("[\\\\/:*?\"<>|\\p{Cntrl}]", "_");
        return safe.startsWith(".") ? "_" + safe.substring(1) : safe;
    }
}
