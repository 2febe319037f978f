package org.trackerreports.tools.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeParserTest {

    /** In Berlin it is already the 24th. */
    private final TimeParser times = new TimeParser(Instant.parse("2026-11-23T23:30:00Z"), ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource({
        "now, 2026-11-23T23:30:00Z, 2026-11-23T23:30:00Z",
        "today, 2026-11-23T23:00:00Z, 2026-11-24T23:00:00Z",
        "Yesterday, 2026-11-22T23:00:00Z, 2026-11-23T23:00:00Z",
        "90m, 2026-11-23T22:00:00Z, 2026-11-23T22:00:00Z",
        "36h, 2026-11-22T11:30:00Z, 2026-11-22T11:30:00Z",
        "7d, 2026-11-16T23:30:00Z, 2026-11-16T23:30:00Z",
        "2w ago, 2026-11-09T23:30:00Z, 2026-11-09T23:30:00Z",
        "2026-10-25, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z",
        "2026-11-23T10:00, 2026-11-23T09:00:00Z, 2026-11-23T09:00:00Z",
        "2026-11-23 10:00:30, 2026-11-23T09:00:30Z, 2026-11-23T09:00:30Z",
        "2026-11-23T10:00:00z, 2026-11-23T10:00:00Z, 2026-11-23T10:00:00Z",
        "2026-11-23T10:00-05:00, 2026-11-23T15:00:00Z, 2026-11-23T15:00:00Z"
    })
    void readsWhatPeopleWrite(String text, String start, String end) {
        assertThat(times.start(text)).isEqualTo(start);
        assertThat(times.end(text)).isEqualTo(end);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "last tuesday",
                "2026-13-01",
                "2026-02-30",
                "7",
                "7y",
                "23.11.2026",
                "-3d",
                "2026-11-23T25:00"
            })
    void saysWhatItExpected(String text) {
        assertThatThrownBy(() -> times.start(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' is not a time")
                .hasMessageContaining("2026-11-23");
    }

    @Test
    void anAgeOfAnyLengthIsATime() {
        assertThat(times.start("999999w")).isBefore(Instant.EPOCH);
    }
}
