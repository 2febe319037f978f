package org.trackerreports.findmy.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerOnlyAccessTest {

    private static final int ANOTHER_USER = 12_345;

    @TempDir
    private Path temporary;

    private Path directory;

    @BeforeEach
    void createDirectory() throws IOException {
        directory = temporary.toRealPath().resolve("data");
        Files.createDirectory(directory);
        mode(directory, "rwx------");
    }

    @Test
    void whatIsClosedStaysAsItIs() throws IOException {
        assertThat(OwnerOnlyAccess.secureDirectory(directory).correction()).isEmpty();
    }

    @Test
    void whatOthersCouldDoIsCorrectedAndSaid() throws IOException {
        mode(directory, "rwxrwxrwx");
        OwnerOnlyAccess.Result result = OwnerOnlyAccess.secureDirectory(directory);
        assertThat(result.correction())
                .hasValue(directory
                        + " could be changed by other users of this machine; its permissions were corrected.");
        assertThat(result.wasWritable()).isTrue();
        assertThat(mode(directory)).isEqualTo("rwx------");

        Path file = Files.createFile(directory.resolve("key"));
        mode(file, "rw-r--r--");
        result = OwnerOnlyAccess.secureFile(file);
        assertThat(result.correction())
                .hasValue(file + " could be read by other users of this machine; its permissions were corrected.");
        assertThat(result.wasWritable()).isFalse();
        assertThat(mode(file)).isEqualTo("rw-------");
    }

    @Test
    void aDirectoryThatEverybodyCanReplaceIsRefused() throws IOException {
        mode(temporary, "rwxrwxrwx");
        assertThatThrownBy(() -> OwnerOnlyAccess.secureDirectory(directory))
                .isInstanceOf(UnsafeFileException.class)
                .hasMessageContaining("chmod o-w '" + temporary.toRealPath() + "'");
    }

    @Test
    void aSharedDirectoryIsRefusedAndNotClosedForTheOthers() throws IOException {
        Files.setAttribute(directory, "unix:mode", 01777);
        assertThatThrownBy(() -> OwnerOnlyAccess.secureDirectory(directory))
                .isInstanceOf(UnsafeFileException.class)
                .hasMessageContaining("is a directory for all users");
        assertThat(mode(directory)).isEqualTo("rwxrwxrwx");
    }

    @Test
    void aLinkIsFollowedOnceAndItsTargetIsUsed() throws IOException {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), directory);
        assertThat(OwnerOnlyAccess.secureDirectory(link).path()).isEqualTo(directory);
    }

    @Test
    void whatBelongsToAnotherUserIsRefused() throws IOException {
        Path file = Files.createFile(directory.resolve("key"));
        giveAway(file);
        assertThatThrownBy(() -> OwnerOnlyAccess.secureFile(file))
                .isInstanceOf(UnsafeFileException.class)
                .hasMessageContaining(file + " belongs to another user (" + ANOTHER_USER + ")");

        Path target = Files.createFile(directory.resolve("target"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), target);
        giveAway(link);
        assertThatThrownBy(() -> OwnerOnlyAccess.secureFile(link))
                .isInstanceOf(UnsafeFileException.class)
                .hasMessageStartingWith(link.toString());

        giveAway(directory);
        assertThatThrownBy(() -> OwnerOnlyAccess.secureDirectory(directory)).isInstanceOf(UnsafeFileException.class);
        Path inside = Files.createDirectory(directory.resolve("inside"));
        assertThatThrownBy(() -> OwnerOnlyAccess.secureDirectory(inside))
                .isInstanceOf(UnsafeFileException.class)
                .hasMessageStartingWith(directory + " belongs to another user");
    }

    /** Only root can do this. */
    private static void giveAway(Path path) {
        boolean given;
        try {
            Files.setAttribute(path, "unix:uid", ANOTHER_USER, LinkOption.NOFOLLOW_LINKS);
            given = true;
        } catch (IOException e) {
            given = false;
        }
        assumeTrue(given, "needs root, to give a file to another user");
    }

    private static void mode(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
