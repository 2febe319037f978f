package org.trackerreports.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The rules of the values that a caller makes. */
class ValuesTest {

    @Test
    void defaultsAreAsDocumented() {
        assertThat(QueueSettings.defaults("p"))
                .returns("p", QueueSettings::prefix)
                .returns(Duration.ofMinutes(30), QueueSettings::interval)
                .returns(Duration.ofMinutes(10), QueueSettings::lease)
                .returns(Duration.ofSeconds(30), QueueSettings::heartbeatTimeout)
                .returns(new BackOff(2, Duration.ofHours(12), 0.2), QueueSettings::afterFailure)
                .returns(0, QueueSettings::parkAfterFailures)
                .returns(BackOff.NONE, QueueSettings::afterNothingFound)
                .returns(Duration.ofMinutes(1), QueueSettings::afterOtherFault)
                .returns(Duration.ofSeconds(2), QueueSettings::callTimeout);
    }

    @Test
    void eachSettingCanBeChanged() {
        BackOff one = new BackOff(3, Duration.ofHours(1), 0.1);
        BackOff other = new BackOff(4, Duration.ofHours(2), 0.1);
        QueueSettings changed = QueueSettings.builder("p")
                .interval(Duration.ofSeconds(1))
                .lease(Duration.ofSeconds(2))
                .heartbeatTimeout(Duration.ofSeconds(3))
                .afterFailure(one)
                .parkAfterFailures(7)
                .afterNothingFound(other)
                .afterOtherFault(Duration.ofSeconds(4))
                .callTimeout(Duration.ofSeconds(5))
                .build();
        assertThat(changed)
                .isEqualTo(new QueueSettings(
                        "p",
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        one,
                        7,
                        other,
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5)));
        assertThat(changed.toBuilder().build()).isEqualTo(changed);
    }

    @Test
    void wrongSettingsAreRefused() {
        QueueSettings settings = QueueSettings.defaults("p");
        assertThatThrownBy(() -> QueueSettings.defaults("a{b}")).hasMessageContaining("prefix is \"a{b}\"");
        assertThatThrownBy(() -> QueueSettings.defaults("")).hasMessageContaining("prefix is \"\"");
        assertThatThrownBy(() -> settings.toBuilder().interval(Duration.ZERO).build())
                .hasMessage("interval is PT0S; give a duration from PT1S to PT8784H");
        assertThatThrownBy(() -> settings.toBuilder().lease(Duration.ofDays(2)).build())
                .hasMessageContaining("lease is PT48H");
        assertThatThrownBy(() -> settings.toBuilder()
                        .heartbeatTimeout(Duration.ofMillis(1))
                        .build())
                .hasMessageContaining("heartbeatTimeout is PT0.001S");
        assertThatThrownBy(() -> settings.toBuilder().callTimeout(Duration.ZERO).build())
                .hasMessageContaining("callTimeout is PT0S");
    }

    @Test
    void wrongEntriesAreRefused() {
        assertThatThrownBy(() -> QueueEntry.of("")).hasMessage("an id has 0 characters; give 1 to 256");
        assertThatThrownBy(() -> QueueEntry.of(null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> QueueEntry.of("x".repeat(257))).hasMessageContaining("257 characters");
        assertThatThrownBy(() -> new QueueEntry("a", 0)).hasMessage("priority of a is 0; give 1 to 1000");
        assertThatThrownBy(() -> new WorkerId("two\nlines")).hasMessageContaining("worker is");
    }

    @Test
    void wrongRulesAreRefused() {
        Duration hour = Duration.ofHours(1);
        assertThatThrownBy(() -> new BudgetRule(Duration.ofSeconds(-1), 1, hour, 0))
                .hasMessageContaining("minGap is PT-1S");
        assertThatThrownBy(() -> new BudgetRule(Duration.ZERO, 0, hour, 0)).hasMessageContaining("maxPerPeriod is 0");
        assertThatThrownBy(() -> new BudgetRule(Duration.ZERO, 1, Duration.ZERO, 0))
                .hasMessageContaining("period is PT0S");
        assertThatThrownBy(() -> new BudgetRule(Duration.ZERO, 5, hour, 5))
                .hasMessage("manualReserve is 5; give 0 to 4, less than maxPerPeriod");
    }
}
