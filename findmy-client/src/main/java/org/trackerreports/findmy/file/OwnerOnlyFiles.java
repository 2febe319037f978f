package org.trackerreports.findmy.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Creates files and directories that only their owner can read: mode 0600 or 0700 from the moment they exist. On file systems without
 * POSIX permissions the directory's own access rules apply. Stateless and thread-safe.
 */
public final class OwnerOnlyFiles {

    private OwnerOnlyFiles() {}

    /**
     * Creates a directory with mode 0700, and its missing parents likewise. An existing directory keeps its mode.
     *
     * @param directory the directory
     * @return the directory
     * @throws IOException if it cannot be created, or is a file
     */
    public static Path createDirectories(Path directory) throws IOException {
        return Files.createDirectories(directory, permissions(directory, "rwx------"));
    }

    /**
     * Opens a file. If the options create it, it has mode 0600.
     *
     * @param file the file
     * @param options how to open it
     * @return the open file; the caller closes it
     * @throws IOException if it cannot be opened
     */
    public static FileChannel open(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, Set.of(options), permissions(file, "rw-------"));
    }

    /**
     * Creates a file with mode 0600. Other processes see the complete file or none; if several create the same file at once, one
     * succeeds.
     *
     * @param file the file; its directory must exist
     * @param content the content
     * @throws FileAlreadyExistsException if the file exists; it stays as it is
     * @throws IOException if the file cannot be written
     */
    public static void create(Path file, byte[] content) throws IOException {
        Path draft = draft(file, content);
        try {
            Files.createLink(file, draft);
        } catch (UnsupportedOperationException e) {
            // File systems without hard links.
            Files.move(draft, file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /**
     * Creates or replaces a file in one step, with mode 0600. A crash leaves the old file or the new one, both complete.
     *
     * @param file the file; its directory must exist
     * @param content the content
     * @throws IOException if the file cannot be written; the old one stays as it is
     */
    public static void replace(Path file, byte[] content) throws IOException {
        Path draft = draft(file, content);
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** A file beside the one to write, with the content forced to the disk. */
    private static Path draft(Path file, byte[] content) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path directory = absolute.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            // Name the file that the caller asked for, not the draft.
            throw new NoSuchFileException(file.toString());
        }
        Path draft =
                Files.createTempFile(directory, absolute.getFileName() + ".", ".new", permissions(file, "rw-------"));
        try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
            return draft;
        } catch (IOException e) {
            Files.deleteIfExists(draft);
            throw e;
        }
    }

    private static FileAttribute<?>[] permissions(Path near, String permissions) {
        return near.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
