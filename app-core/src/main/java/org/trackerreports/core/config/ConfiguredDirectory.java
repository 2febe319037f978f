package org.trackerreports.core.config;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.findmy.file.OwnerOnlyAccess;
import org.trackerreports.findmy.file.OwnerOnlyFiles;
import org.trackerreports.findmy.file.UnsafeFileException;

/** Prepares the directories that options name. */
public final class ConfiguredDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredDirectory.class);

    private ConfiguredDirectory() {}

    /**
     * Creates a directory if it is missing. Only its owner can read it; permissions of others are taken, and a warning says so.
     *
     * @param option the name of the option that sets the directory
     * @param remedy what the user can do if the directory cannot be used
     * @throws IOException if it cannot be created or written to, or another user can change it; the message names the option and says
     *     what to do
     */
    public static OwnerOnlyAccess.Result prepare(String option, Path path, String remedy) throws IOException {
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
        try {
            OwnerOnlyAccess.Result result = OwnerOnlyAccess.secureDirectory(path);
            result.correction().ifPresent(correction -> LOG.warn("{}: {}", option, correction));
            return result;
        } catch (UnsafeFileException e) {
            throw new IOException(option + " " + path + " is not safe: " + e.getMessage(), e);
        }
    }
}
