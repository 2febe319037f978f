package org.trackerreports.findmy.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerOnlyFilesTest {

    private static final byte[] OLD = {1, 2, 3};
    private static final byte[] NEW = {4, 5};

    @TempDir
    Path directory;

    @Test
    void createsAFileThatOnlyItsOwnerCanRead() throws IOException {
        Path file = directory.resolve("secret");
        OwnerOnlyFiles.create(file, OLD);
        assertThatOnlyTheOwnerReads(file, OLD);
    }

    @Test
    void refusesToCreateAFileThatExists() throws IOException {
        Path file = directory.resolve("secret");
        OwnerOnlyFiles.create(file, OLD);
        assertThatThrownBy(() -> OwnerOnlyFiles.create(file, NEW)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.readAllBytes(file)).isEqualTo(OLD);
        assertThatNoDraftIsLeft();
    }

    @Test
    void replacesAFileAndItsMode() throws IOException {
        Path file = directory.resolve("secret");
        Files.write(file, OLD);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        OwnerOnlyFiles.replace(file, NEW);
        assertThatOnlyTheOwnerReads(file, NEW);
    }

    @Test
    void leavesNoDraftWhenTheFileCannotBeReplaced() throws IOException {
        Path file = directory.resolve("secret");
        Files.createDirectories(file.resolve("inside"));
        assertThatThrownBy(() -> OwnerOnlyFiles.replace(file, NEW)).isInstanceOf(IOException.class);
        assertThatNoDraftIsLeft();
    }

    @Test
    void opensANewFileWithTheOwnersModeAlone() throws IOException {
        Path file = directory.resolve("ledger");
        try (FileChannel channel = OwnerOnlyFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            assertThat(mode(file)).isEqualTo("rw-------");
            assertThat(channel.size()).isZero();
        }
    }

    @Test
    void createsDirectoriesThatOnlyTheirOwnerCanEnter() throws IOException {
        Path inner = directory.resolve("outer").resolve("inner");
        assertThat(OwnerOnlyFiles.createDirectories(inner)).isEqualTo(inner);
        assertThat(mode(inner)).isEqualTo("rwx------");
        assertThat(mode(inner.getParent())).isEqualTo("rwx------");
    }

    private void assertThatOnlyTheOwnerReads(Path file, byte[] content) throws IOException {
        assertThat(Files.readAllBytes(file)).isEqualTo(content);
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThatNoDraftIsLeft();
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private void assertThatNoDraftIsLeft() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(directory.resolve("secret"));
        }
    }
}
