package org.trackerreports.server.internal.macless;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.server.internal.http.MediaTypes;

/** The user's own copy of macless-haystack's page. Nothing outside of its folder can be had. Thread-safe. */
public final class UiFiles {

    private static final Logger LOG = LoggerFactory.getLogger(UiFiles.class);

    /** The page's largest file, its program, has a few megabytes. */
    private static final long MOST_BYTES = 64L * 1_024 * 1_024;

    private final Path folder;

    /** @throws IOException if there is no such folder */
    public UiFiles(Path folder) throws IOException {
        this.folder = folder.toRealPath();
    }

    /** A file. */
    record Found(String mediaType, byte[] content) {}

    /** @param path decoded, from the address */
    Optional<Found> find(String path) {
        try {
            Path asked = folder.resolve(path.replaceFirst("^/+", ""));
            Path file = (Files.isDirectory(asked) ? asked.resolve("index.html") : asked).toRealPath();
            if (!file.startsWith(folder) || !Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
                return Optional.empty();
            }
            String type = MediaTypes.of(file.toString()).orElse("application/octet-stream");
            return Optional.of(new Found(type, Files.readAllBytes(file)));
        } catch (IOException | InvalidPathException e) {
            LOG.debug("There is no such file of the page.", e);
            return Optional.empty();
        }
    }
}
