package org.trackerreports.core.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trackerreports.testsupport.MovableClock;

class ServerWaitTest {

    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final List<Duration> pauses = new ArrayList<>();
    private final List<Optional<String>> shown = new ArrayList<>();
    private boolean told;
    private int attempts;
    private final ServerWait patient = new ServerWait(Optional.empty(), clock, this::pause);

    private boolean pause(Duration duration) {
        pauses.add(duration);
        shown.add(patient.waitingFor());
        clock.advance(duration);
        return !told;
    }

    /** Succeeds after a number of failures. */
    private int attempt(int failures, String state) throws SQLException {
        attempts++;
        if (attempts <= failures) {
            throw new SQLException("Connection to db:5432 refused.", state);
        }
        return attempts;
    }

    @ParameterizedTest(name = "SQLSTATE {0}")
    @ValueSource(strings = {"08001", "57P03"})
    void aDaemonWaitsAsLongAsItTakesWithGrowingPauses(String state) throws SQLException {
        assertThat(patient.<Integer, SQLException>until("PostgreSQL at db:5432", () -> attempt(100, state)))
                .isEqualTo(101);
        assertThat(pauses.subList(0, 7))
                .containsExactly(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(16),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30));
        assertThat(shown).containsOnly(Optional.of("PostgreSQL at db:5432"));
        assertThat(patient.waitingFor()).isEmpty();
    }

    @Test
    void aCommandGivesUpSoon() {
        ServerWait impatient = new ServerWait(Optional.of(Duration.ofSeconds(5)), clock, this::pause);
        assertThatThrownBy(() -> impatient.until("PostgreSQL", () -> attempt(100, "08001")))
                .isInstanceOf(SQLException.class);
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({"28P01, wrong password", "3D000, unknown database", "42501, no permission"})
    void whatWaitingDoesNotHelpIsReportedAtOnce(String state, String what) {
        assertThatThrownBy(() -> patient.until("PostgreSQL", () -> attempt(100, state)))
                .as(what)
                .isInstanceOf(SQLException.class);
        assertThat(pauses).isEmpty();
    }

    @Test
    void theEndOfTheProgramEndsTheWait() {
        told = true;
        assertThatThrownBy(() -> patient.until("PostgreSQL", () -> attempt(100, "08001")))
                .isInstanceOf(SQLException.class);
        assertThat(attempts).isEqualTo(1);
        assertThat(patient.waitingFor()).isEmpty();
    }
}
