package org.trackerreports.tools.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final Instant BEGIN = Instant.parse("2026-11-23T12:00:00Z");

    private final StringWriter err = new StringWriter();
    private Instant now = BEGIN;
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    private Progress progress(boolean watched, long total) {
        return Progress.of(new PrintWriter(err), watched, clock, "reports", total);
    }

    @Test
    void oneLineIsWrittenOverItselfAtMostOnceASecondAndGoesAway() {
        try (Progress progress = progress(true, 200)) {
            progress.done(10);
            assertThat(err.toString()).as("work of less than a second").isEmpty();
            now = BEGIN.plusSeconds(1);
            progress.done(100);
            progress.done(101);
            now = BEGIN.plusSeconds(2);
            progress.done(199);
        }
        assertThat(err.toString().split("\r"))
                .containsExactly(
                        "",
                        "[###############               ] 100 of 200 reports",
                        "[############################# ] 199 of 200 reports",
                        " ".repeat(51));
        assertThat(err.toString()).endsWith("\r");
    }

    @Test
    void theShareCanBeKnownWithoutTheTotal() {
        now = BEGIN;
        Progress progress = progress(true, 0);
        now = BEGIN.plusSeconds(1);
        progress.done(7, 0.5);
        now = BEGIN.plusSeconds(2);
        progress.done(8);
        assertThat(err.toString().split("\r"))
                .containsExactly("", "[###############               ] 7 reports", "8 reports" + " ".repeat(33));
    }

    @Test
    void nobodyWhoDoesNotWatchIsBothered() {
        try (Progress progress = progress(false, 2)) {
            now = BEGIN.plusSeconds(5);
            progress.done(1);
        }
        assertThat(err.toString()).isEmpty();
    }
}
