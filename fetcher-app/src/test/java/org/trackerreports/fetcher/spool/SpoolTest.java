package org.trackerreports.fetcher.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trackerreports.core.event.Listeners;
import org.trackerreports.fetcher.event.DaemonListener;
import org.trackerreports.fetcher.event.SpoolChanged;
import org.trackerreports.fetcher.spool.Spool.Kept;
import org.trackerreports.fetcher.spool.SpooledAnswer.TrackerAnswer;
import org.trackerreports.findmy.key.Alignment;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.report.EncryptedReport;

class SpoolTest {

    private static final Instant TIME = Instant.parse("2026-03-04T05:06:07.123456Z");
    private static final long LIMIT = 1 << 20;

    @TempDir
    private Path directory;

    private final List<SpoolChanged> told = new ArrayList<>();
    private final DaemonListener listener = new DaemonListener() {
        @Override
        public void spoolChanged(SpoolChanged event) {
            told.add(event);
        }
    };

    private Spool open() throws IOException {
        return Spool.open(
                directory.resolve("spool"), "1-a", LIMIT, new Listeners<>(Set.of(listener)), Clock.systemUTC());
    }

    private static SpooledAnswer answer(String account, int payloadBytes) {
        SecureRandom random = new SecureRandom();
        byte[] payload = new byte[payloadBytes];
        random.nextBytes(payload);
        EncryptedReport report =
                new EncryptedReport(PrivateTrackerKey.generate(random).hashed(), payload);
        return new SpooledAnswer(
                account,
                TIME.minusSeconds(3600),
                TIME,
                TIME.plusSeconds(1),
                List.of(
                        new TrackerAnswer(7, Optional.empty(), List.of(report)),
                        new TrackerAnswer(8, Optional.of(new Alignment(TIME, 42)), List.of(report, report))),
                List.of(9L));
    }

    @Test
    void whatIsKeptComesBackInOrderAlsoAfterARestart() throws IOException {
        Spool spool = open();
        SpooledAnswer first = answer("main", 88);
        SpooledAnswer second = answer("other", 89);
        spool.keep(first);
        spool.keep(second);

        Spool again = open();
        Kept oldest = again.oldest().orElseThrow();
        assertThat(oldest.answer()).isEqualTo(first);
        again.remove(oldest.name());
        assertThat(again.oldest().orElseThrow().answer()).isEqualTo(second);
        again.remove(again.oldest().orElseThrow().name());
        assertThat(again.isEmpty()).isTrue();
        assertThat(open().isEmpty()).isTrue();
    }

    @Test
    void onlyItsOwnerCanReadItAndTheReportsAreAsEncryptedAsTheyCame() throws IOException {
        SpooledAnswer answer = answer("main", 88);
        open().keep(answer);
        Path file = files().get(0);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("\"payload\"", "\"trackerId\":8", "\"alignmentIndex\":42")
                    .doesNotContainIgnoringCase("private", "latitude");
        }
    }

    @Test
    void aTornFileIsSetAsideAndTheOthersGoOn() throws IOException {
        Spool spool = open();
        spool.keep(answer("torn", 88));
        spool.keep(answer("damaged", 88));
        SpooledAnswer whole = answer("whole", 88);
        spool.keep(whole);
        List<Path> files = files();
        byte[] bytes = Files.readAllBytes(files.get(0));
        Files.write(files.get(0), Arrays.copyOf(bytes, bytes.length / 2));
        byte[] damaged = Files.readAllBytes(files.get(1));
        damaged[damaged.length / 2] ^= 1;
        Files.write(files.get(1), damaged);

        Spool again = open();
        assertThat(again.oldest().orElseThrow().answer()).isEqualTo(whole);
        assertThat(told.get(told.size() - 1).setAside()).isEqualTo(2);
        assertThat(told.get(told.size() - 1).answers()).isEqualTo(1);
        try (Stream<Path> aside = Files.list(directory.resolve("spool/set-aside"))) {
            assertThat(aside).hasSize(2);
        }
    }

    @Test
    void whatWasBeingWrittenWhenTheProcessDiedIsNotTakenForAnAnswer() throws IOException {
        open().keep(answer("main", 88));
        Files.write(directory.resolve("spool/000000000000001-1-a-000001.json.gz.part"), new byte[10]);
        Spool again = open();
        assertThat(again.oldest().orElseThrow().answer().account()).isEqualTo("main");
        assertThat(files()).hasSize(1);
    }

    @Test
    void saysThatItIsFullButStillKeepsWhatWasPaidFor() throws IOException {
        Spool spool = open();
        assertThat(spool.hasRoom()).isTrue();
        spool.keep(answer("main", (int) LIMIT));
        assertThat(spool.hasRoom()).isFalse();
        assertThat(open().hasRoom()).as("after a restart").isFalse();
        spool.keep(answer("main", 88));
        while (spool.oldest().isPresent()) {
            spool.remove(spool.oldest().get().name());
        }
        assertThat(spool.hasRoom()).isTrue();
        assertThat(told.get(told.size() - 1).bytes()).isZero();
    }

    @Test
    void aDiskThatDoesNotTakeItIsToldAndLeavesNothingBehind() throws IOException {
        Spool spool = open();
        Path place = directory.resolve("spool");
        Files.delete(place.resolve("set-aside"));
        Files.delete(place);
        Files.writeString(place, "in the way");
        assertThatThrownBy(() -> spool.keep(answer("main", 88))).isInstanceOf(IOException.class);
        assertThat(spool.isEmpty()).isTrue();
        Files.delete(place);
        Files.createDirectories(place);
        spool.keep(answer("main", 88));
        assertThat(spool.oldest()).isPresent();
    }

    @Test
    void aDirectoryThatCannotBeUsedIsToldWithItsOption() throws IOException {
        Files.writeString(directory.resolve("spool"), "a file");
        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("SPOOL_DIR");
    }

    @Test
    void aFileOfAnotherVersionIsNotGuessedAt() {
        assertThatThrownBy(() -> read("{\"version\":2}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"trackerId\":1}",
                "{\"trackerId\":1,\"reports\":[{\"key\":\"short\",\"payload\":\"AAAA\"}]}",
                "{\"trackerId\":1,\"alignmentTime\":\"today\",\"alignmentIndex\":1,\"reports\":[]}"
            })
    void aTrackerThatIsNotAsItIsWrittenIsToldInPlainWords(String tracker) {
        assertThatThrownBy(() -> read("{\"version\":1,\"account\":\"main\",\"from\":\"2026-03-04T05:06:07Z\","
                        + "\"to\":\"2026-03-04T05:06:07Z\",\"receivedAt\":\"2026-03-04T05:06:07Z\",\"trackers\":["
                        + tracker
                        + "]}"))
                .isInstanceOf(IOException.class)
                .hasMessage("a member is missing or invalid");
    }

    private static SpooledAnswer read(String json) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(json.getBytes(StandardCharsets.UTF_8));
        }
        return AnswerFile.read(new ByteArrayInputStream(bytes.toByteArray()));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("spool"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
