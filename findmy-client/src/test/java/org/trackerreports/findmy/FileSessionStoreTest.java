package org.trackerreports.findmy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.findmy.anisette.DeviceIdentity;
import org.trackerreports.findmy.login.Credentials;
import org.trackerreports.findmy.login.PendingLogin;
import org.trackerreports.findmy.login.SecondFactorMethod;
import org.trackerreports.findmy.login.Session;

class FileSessionStoreTest {

    private static final DeviceIdentity IDENTITY = new DeviceIdentity(UUID.randomUUID(), UUID.randomUUID());
    private static final SavedLogin LOGIN = new SavedLogin(
            Optional.of(new Session(
                    "owner@example.com",
                    "20123456789",
                    "the token",
                    IDENTITY,
                    "abcd",
                    Instant.parse("2026-01-01T00:00:00Z"))),
            Optional.of(new PendingLogin(
                    "owner@example.com",
                    IDENTITY,
                    "identity token",
                    List.of(new SecondFactorMethod.Sms(2, "+49 ••48")),
                    Optional.of(new SecondFactorMethod.Sms(2, "+49 ••48")))),
            Optional.of(Credentials.of("owner@example.com", "password".toCharArray())));

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("session");
    }

    private FileSessionStore store(String passphrase) {
        return FileSessionStore.withPassphrase(file(), passphrase.toCharArray());
    }

    private static void assertSame(SavedLogin found) {
        assertThat(found.session()).isEqualTo(LOGIN.session());
        assertThat(found.pending()).isEqualTo(LOGIN.pending());
        assertThat(found.credentials().orElseThrow().passwordDigest())
                .isEqualTo(LOGIN.credentials().orElseThrow().passwordDigest());
    }

    @Test
    void anotherProcessReadsWhatWasSaved() throws IOException {
        assertThat(store("secret ü").load()).isEmpty();
        store("secret ü").save(LOGIN);
        assertSame(store("secret ü").load().orElseThrow());

        byte[] key = new byte[32];
        key[7] = 1;
        FileSessionStore.withKey(file(), key).save(LOGIN);
        assertSame(FileSessionStore.withKey(file(), key).load().orElseThrow());
    }

    @Test
    void theFileShowsNothingAndBelongsToItsOwner() throws IOException {
        FileSessionStore store = store("secret");
        store.save(LOGIN);
        byte[] first = Files.readAllBytes(file());
        assertThat(new String(first, StandardCharsets.ISO_8859_1))
                .doesNotContain("the token", "owner@example.com", "session");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");

        store.save(LOGIN);
        assertThat(Files.readAllBytes(file())).as("a nonce is never used twice").isNotEqualTo(first);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).as("no draft is left").containsExactly(file());
        }
        assertThat(LOGIN.toString()).doesNotContain("token", "20123456789");
    }

    @Test
    void everyChangeOfTheFileIsNoticed() throws IOException {
        FileSessionStore store = FileSessionStore.withKey(file(), new byte[32]);
        store.save(LOGIN);
        byte[] good = Files.readAllBytes(file());
        for (int at = 0; at < good.length; at++) {
            byte[] changed = good.clone();
            changed[at] ^= 1;
            Files.write(file(), changed);
            assertThatThrownBy(store::load).as("byte %d", at).isInstanceOf(IOException.class);
        }
        for (int length = 0; length < good.length; length += 7) {
            Files.write(file(), Arrays.copyOf(good, length));
            assertThatThrownBy(store::load).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aWrongPassphraseSaysWhatToDo() throws IOException {
        store("right").save(LOGIN);
        assertThatThrownBy(() -> store("wrong").load())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining("another passphrase or key, or a damaged file");
        assertThatThrownBy(() -> store("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FileSessionStore.withKey(file(), new byte[16]))
                .hasMessageContaining("32 bytes, found 16");
    }

    @Test
    void aFailedSaveKeepsWhatWasThere() throws IOException {
        store("secret").save(LOGIN);
        FileSessionStore nowhere = FileSessionStore.withPassphrase(
                directory.resolve("missing").resolve("session"), "secret".toCharArray());
        assertThatThrownBy(() -> nowhere.save(LOGIN)).isInstanceOf(IOException.class);
        assertSame(store("secret").load().orElseThrow());
    }

    @Test
    void bytesThatAreNoSavedLoginAreRefusedWithoutBeingShown() {
        for (String text : List.of("", "secret", "[]", "{}", "{\"type\":\"savedLogin\",\"session\":\"c2VjcmV0\"}")) {
            assertThatThrownBy(() -> SavedLogin.fromBytes(text.getBytes(StandardCharsets.UTF_8)))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("secret");
        }
    }
}
