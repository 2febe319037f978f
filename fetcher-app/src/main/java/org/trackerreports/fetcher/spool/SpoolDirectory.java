package org.trackerreports.fetcher.spool;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.config.ConfiguredDirectory;
import org.trackerreports.findmy.file.OwnerOnlyFiles;

/** The files of a spool: written atomically and durably, readable by their owner alone. Thread-safe. */
final class SpoolDirectory {

    /** The suffix of the file of a complete answer. */
    static final String SUFFIX = ".json.gz";

    private static final Logger LOG = LoggerFactory.getLogger(SpoolDirectory.class);
    private static final String UNFINISHED = ".part";
    private static final String ASIDE = "set-aside";

    private final Path path;
    private final Optional<FileStore> space;

    private SpoolDirectory(Path path) {
        this.path = path;
        this.space = fileStore(path);
    }

    /** Reads the list of all mounts, so it is done once. It tells how much is free each time, even if another disk is mounted there. */
    private static Optional<FileStore> fileStore(Path path) {
        try {
            return Optional.of(Files.getFileStore(path));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Writes the content of a file. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    static SpoolDirectory prepare(Path path) throws IOException {
        String remedy = "choose another or correct its permissions";
        ConfiguredDirectory.prepare("SPOOL_DIR", path, remedy);
        ConfiguredDirectory.prepare("SPOOL_DIR", path.resolve(ASIDE), remedy);
        return new SpoolDirectory(path);
    }

    /** The complete answers with their sizes. */
    Map<String, Long> answers() throws IOException {
        Map<String, Long> answers = new TreeMap<>();
        for (Path file : files(path)) {
            String name = file.getFileName().toString();
            if (name.endsWith(SUFFIX)) {
                answers.put(name, Files.size(file));
            } else if (name.endsWith(UNFINISHED)) {
                // Its trackers were not completed in the queue, so they are requested again.
                LOG.warn("{} is incomplete, because its process ended while writing it. It was moved aside.", file);
                setAside(name);
            }
        }
        return answers;
    }

    long bytesSetAside() throws IOException {
        long bytes = 0;
        for (Path file : files(path.resolve(ASIDE))) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** The free space in bytes; {@link Long#MAX_VALUE} if it is unknown. */
    long freeBytes() {
        if (space.isEmpty()) {
            return Long.MAX_VALUE;
        }
        try {
            return space.get().getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    /**
     * Writes a file atomically and forces it to the disk.
     *
     * @return its size
     */
    long write(String name, Content content) throws IOException {
        Path unfinished = path.resolve(name + UNFINISHED);
        try {
            long size;
            try (FileChannel channel =
                    OwnerOnlyFiles.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
                content.writeTo(out);
                out.flush();
                channel.force(true);
                size = channel.size();
            }
            Files.move(unfinished, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            forceNames();
            return size;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** Forces the new name to the disk, too. Some systems do not support that for directories, and do not need it. */
    private void forceNames() {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            LOG.debug("The directory {} cannot be forced to the disk.", path, e);
        }
    }

    InputStream read(String name) throws IOException {
        return Files.newInputStream(path.resolve(name));
    }

    void delete(String name) throws IOException {
        Files.deleteIfExists(path.resolve(name));
    }

    Path setAside(String name) throws IOException {
        return Files.move(path.resolve(name), path.resolve(ASIDE).resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
}
