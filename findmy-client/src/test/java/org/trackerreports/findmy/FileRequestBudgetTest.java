package org.trackerreports.findmy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.findmy.fetch.RequestGate.Granted;
import org.trackerreports.findmy.fetch.RequestGate.MustWait;
import org.trackerreports.testsupport.MovableClock;

class FileRequestBudgetTest {

    private final MovableClock clock = new MovableClock(Instant.parse("2026-06-01T12:00:00Z"));

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("requests");
    }

    private FileRequestBudget budget() {
        return new FileRequestBudget(file, Duration.ofMinutes(5), 3, clock);
    }

    private Duration toWait() {
        return ((MustWait) budget().acquire()).duration();
    }

    private void request(Duration length) {
        FileRequestBudget budget = budget();
        assertThat(budget.acquire()).isEqualTo(new Granted());
        clock.advance(length);
        budget.completed(true);
    }

    @Test
    void lookingTellsTheWaitAndTakesNothing() {
        assertThat(budget().untilGranted()).isZero();
        assertThat(budget().granted()).isZero();
        request(Duration.ZERO);
        assertThat(budget().untilGranted()).isEqualTo(Duration.ofMinutes(5));
        assertThat(budget().granted()).isEqualTo(1);
        clock.advance(Duration.ofDays(1));
        assertThat(budget().granted()).isZero();
    }

    @Test
    void whatAClockThatWasAYearAheadWroteCountsAsNow() {
        clock.advance(Duration.ofDays(365));
        request(Duration.ZERO);
        budget().coolDown(Duration.ofHours(1), "HTTP 503");
        clock.advance(Duration.ofDays(-365));
        assertThat(toWait()).as("no cool-down is longer than a day").isEqualTo(Duration.ofDays(1));
        clock.advance(Duration.ofDays(1).minusSeconds(1));
        assertThat(toWait()).isEqualTo(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        request(Duration.ZERO);
    }

    @Test
    void theGapCountsFromTheEndOfARequestForAllPrograms() throws IOException {
        request(Duration.ofSeconds(20));
        assertThat(toWait()).isEqualTo(Duration.ofMinutes(5));
        clock.advance(Duration.ofMinutes(5));
        request(Duration.ZERO);
        assertThat(Files.readAllLines(file)).hasSize(3);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aRequestThatBreaksOffCounts() {
        assertThat(budget().acquire()).isEqualTo(new Granted());
        FileRequestBudget other = new FileRequestBudget(directory.resolve("other"), Duration.ZERO, 1, clock);
        assertThat(other.acquire()).isEqualTo(new Granted());
        other.completed(false);
        assertThat(((MustWait) other.acquire()).duration()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void noMoreThanTheMostAreGrantedInADay() {
        for (int number = 0; number < 3; number++) {
            request(Duration.ZERO);
            clock.advance(Duration.ofHours(1));
        }
        assertThat(toWait()).isEqualTo(Duration.ofHours(21));
        clock.advance(Duration.ofHours(21));
        request(Duration.ZERO);
    }

    @Test
    void ofSeveralCoolDownsTheLastCounts() {
        budget().coolDown(Duration.ofHours(2), "too many requests");
        budget().coolDown(Duration.ofMinutes(1), "a shorter one");
        assertThat(toWait()).isEqualTo(Duration.ofHours(2));
        clock.advance(Duration.ofHours(2));
        request(Duration.ZERO);
    }

    @Test
    void anUnreadableFileGrantsNothing() throws IOException {
        Files.writeString(file, "yesterday\n");
        assertThatThrownBy(() -> budget().acquire())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Wait a day and remove it");
        Files.delete(file);
        request(Duration.ZERO);
    }

    @Test
    void aFileOfTheFirstVersionKeepsItsRequestsAndItsCoolDown() throws IOException {
        Files.writeString(file, "2026-06-01T11:59:00Z\nrest 2026-06-01T13:00:00Z\n");
        assertThat(toWait()).isEqualTo(Duration.ofHours(1));
        clock.advance(Duration.ofHours(1));
        request(Duration.ZERO);
        assertThat(Files.readAllLines(file)).hasSize(3).contains("2026-06-01T11:59:00Z");
    }
}
