package org.trackerreports.core.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.findmy.file.OwnerOnlyAccess;
import org.trackerreports.findmy.file.OwnerOnlyFiles;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of the embedded servers, unpacked into a directory that only this user can change. Their names say which
 * version they are. Thread-safe, also among processes.
 */
final class Programs {

    private static final Logger LOG = LoggerFactory.getLogger(Programs.class);
    private static final String REDIS = "redis-server-7.0.15";

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
        URL archive = resource("postgres-" + system().toLowerCase(Locale.ROOT) + "-" + processor() + ".txz", "DB_HOST");
        return unpacked("postgresql-" + version(archive), draft -> {
                    try (InputStream in = archive.openStream()) {
                        unpack(in, draft);
                    }
                })
                .resolve("bin");
    }

    /** Returns Redis' program. */
    Path redis() throws IOException {
        URL program = resource(
                REDIS + "-" + (system().equals("Darwin") ? "darwin" : "linux") + "-"
                        + (processor().equals("x86_64") ? "amd64" : "arm64"),
                "REDIS_URL");
        return unpacked(REDIS + "-" + version(program), draft -> {
                    Files.createDirectory(draft);
                    try (InputStream in = program.openStream()) {
                        Files.copy(in, draft.resolve("redis-server"));
                    }
                    executable(draft.resolve("redis-server"));
                })
                .resolve("redis-server");
    }

    private static URL resource(String name, String instead) throws IOException {
        URL found = Programs.class.getResource("/" + name);
        if (found == null) {
            throw new IOException("there is no " + name + " in this build for this kind of machine; set " + instead);
        }
        return found;
    }

    /**
     * What tells it from other versions: the size and the checksum that its jar has in its directory. To read 20 MB at each start would take a
     * slow machine several seconds.
     */
    private static String version(URL resource) throws IOException {
        if (!(resource.openConnection() instanceof JarURLConnection connection)) {
            throw new IOException(resource + " is in no jar");
        }
        JarEntry entry = connection.getJarEntry();
        return String.format(Locale.ROOT, "%d-%08x", entry.getSize(), entry.getCrc());
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

    private static void unpack(InputStream archive, Path directory) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(archive))) {
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
