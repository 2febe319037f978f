package org.trackerreports.core.config;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.trackerreports.findmy.file.OwnerOnlyFiles;

/** Prepares the directories that options name. */
public final class ConfiguredDirectory {

    private ConfiguredDirectory() {}

    /**
     * Creates a directory if it is missing. Only its owner can read it.
     *
     * @param option the name of the option that sets the directory
     * @param remedy what the user can do if the directory cannot be used
     * @throws IOException if it cannot be created or written to; the message names the option and the remedy
     */
    public static void prepare(String option, Path path, String remedy) throws IOException {
        try {
            OwnerOnlyFiles.createDirectories(path);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(option + " " + path + " is a file, expected a directory", e);
        } catch (IOException e) {
            throw new IOException(option + " " + path + " cannot be created (" + e.getMessage() + "); " + remedy, e);
        }
        if (!Files.isWritable(path)) {
            throw new IOException(option + " " + path + " cannot be written to; " + remedy);
        }
    }
}
