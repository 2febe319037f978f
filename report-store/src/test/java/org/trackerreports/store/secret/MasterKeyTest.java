package org.trackerreports.store.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyTest {

    private static final String ZEROS = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    @Test
    void aKeyThatAnybodyCanGuessIsRefused(@TempDir Path directory) throws Exception {
        assertThatThrownBy(() -> MasterKey.fromBase64(ZEROS)).hasMessageContaining("anybody can guess");
        Path file = Files.write(directory.resolve("master.key"), new byte[32]);
        assertThatThrownBy(() -> MasterKey.fromFile(file)).hasMessageContaining("anybody can guess");
    }

    @Test
    void aRandomKeyIsRead() {
        MasterKey key = MasterKey.random();
        assertThat(MasterKey.fromBase64(key.toBase64()).id()).isEqualTo(key.id());
    }
}
