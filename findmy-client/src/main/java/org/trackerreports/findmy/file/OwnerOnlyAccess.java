package org.trackerreports.findmy.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides whether only this user can change and read a file or directory, before it is trusted: another user of the machine could plant
 * programs, keys or links there. What this user may correct is corrected; everything else is refused. Stateless and thread-safe.
 *
 * <p>Trusted owners are this user and root, which can change everything anyway. File systems without POSIX permissions are not checked.
 */
public final class OwnerOnlyAccess {

    private static final int ALL_PERMISSIONS = 07777;
    private static final int STICKY = 01000;
    private static final int OTHERS = 077;
    private static final int WRITABLE_BY_OTHERS = 022;
    private static final int WRITABLE_BY_EVERYBODY = 02;

    private OwnerOnlyAccess() {}

    /**
     * What was found.
     *
     * @param path the file or directory, without symbolic links
     * @param correction what others could do until now, as a sentence; empty if nothing had to be corrected
     * @param wasWritable whether others could change it until now
     */
    public record Result(Path path, Optional<String> correction, boolean wasWritable) {}

    /**
     * Takes all permissions of others from a directory. What is in it stays as it is.
     *
     * @param directory exists; this user can write to it
     * @throws UnsafeFileException if it or a directory above it belongs to another user, or can be replaced by others; the message names
     *     it and says what to do
     * @throws IOException if it cannot be read or changed
     */
    public static Result secureDirectory(Path directory) throws IOException {
        Path real = directory.toRealPath();
        if (!checked(real)) {
            return new Result(real, Optional.empty(), false);
        }
        int self = self(real);
        Set<Integer> trusted = trustedOwners(real, self);
        for (Path above = real.getParent(); above != null; above = above.getParent()) {
            Entry entry = Entry.of(above, trusted);
            if (entry.has(WRITABLE_BY_EVERYBODY) && !entry.has(STICKY)) {
                throw new UnsafeFileException(
                        above + " can be changed by every user of this machine, and so can what is in"
                                + " it; run: chmod o-w '" + above + "', or choose another directory");
            }
        }
        Entry entry = Entry.of(real, trusted);
        if (entry.has(STICKY) && entry.has(WRITABLE_BY_EVERYBODY) || isOfTheSystem(entry, self)) {
            throw new UnsafeFileException(real + " is a directory for all users of this machine; choose one in it");
        }
        return entry.closed();
    }

    /**
     * Takes all permissions of others from a file.
     *
     * @param file exists, in a directory that is secure
     * @throws UnsafeFileException if it, or the link to it, belongs to another user, or can be changed by others; the message names it
     * @throws IOException if it cannot be read or changed
     */
    public static Result secureFile(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Path real = file.toRealPath();
        if (directory == null || !checked(real)) {
            return new Result(real, Optional.empty(), false);
        }
        Set<Integer> trusted = trustedOwners(directory, self(directory));
        Entry.of(file, trusted);
        return Entry.of(real, trusted).closed();
    }

    private static boolean checked(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    /**
     * Whether it is the root or stands directly below it, such as /srv, and this user is root, who could close it for everybody else. Below the root of
     * a container, other users have their own: /data, for example.
     */
    private static boolean isOfTheSystem(Entry entry, int self) throws IOException {
        Path path = entry.path();
        return path.getNameCount() == 0
                || path.getNameCount() == 1
                        && entry.has(OTHERS)
                        && ownerOfRoot(path).equals(self);
    }

    /** The owner of what this user creates in a directory. */
    private static int self(Path directory) throws IOException {
        Path probe = Files.createTempFile(directory, ".owner", ".check");
        try {
            return Entry.number(probe, "unix:uid");
        } finally {
            Files.delete(probe);
        }
    }

    private static Integer ownerOfRoot(Path path) throws IOException {
        return (Integer) Files.getAttribute(path.toAbsolutePath().getRoot(), "unix:uid");
    }

    /** This user and root, also where its number is another as in a container. */
    private static Set<Integer> trustedOwners(Path directory, int self) throws IOException {
        return new TreeSet<>(List.of(0, ownerOfRoot(directory), self));
    }

    private record Entry(Path path, int mode) {

        static Entry of(Path path, Set<Integer> trusted) throws IOException {
            if (!trusted.contains(number(path, "unix:uid"))) {
                throw new UnsafeFileException(
                        path + " belongs to another user ("
                                + Files.getOwner(path, LinkOption.NOFOLLOW_LINKS)
                                        .getName()
                                + "), who can change it; run as that user, make it your own with chown, or choose another directory");
            }
            return new Entry(path, number(path, "unix:mode"));
        }

        private static int number(Path path, String attribute) throws IOException {
            return (Integer)
                    Objects.requireNonNull(Files.getAttribute(path, attribute, LinkOption.NOFOLLOW_LINKS), attribute);
        }

        boolean has(int permission) {
            return (mode & permission) != 0;
        }

        /** What belongs to root and only a group can write to stays as it is: root gave this user the group on purpose. */
        Result closed() throws IOException {
            boolean writable = has(WRITABLE_BY_OTHERS);
            if (!has(OTHERS)) {
                return new Result(path, Optional.empty(), false);
            }
            try {
                Files.setAttribute(path, "unix:mode", mode & ALL_PERMISSIONS & ~OTHERS);
            } catch (IOException e) {
                if (has(WRITABLE_BY_EVERYBODY)) {
                    throw new UnsafeFileException(
                            path + " can be changed by every user of this machine, and this user cannot"
                                    + " correct that; run: chmod go= '" + path + "', or choose another directory");
                }
                return new Result(path, Optional.empty(), false);
            }
            return new Result(
                    path,
                    Optional.of(path + " could be " + (writable ? "changed" : "read")
                            + " by other users of this machine; its permissions were corrected."),
                    writable);
        }
    }
}
