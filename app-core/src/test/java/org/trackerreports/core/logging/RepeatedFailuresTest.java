package org.trackerreports.core.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trackerreports.testsupport.MovableClock;

class RepeatedFailuresTest {

    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final RepeatedFailures filter = new RepeatedFailures(clock);
    private Logger log;

    @BeforeEach
    void prepare() {
        lines.setContext(context);
        lines.start();
        log = context.getLogger("org.trackerreports.test");
        log.setLevel(Level.INFO);
        log.addAppender(lines);
        filter.start();
        context.addTurboFilter(filter);
    }

    @Test
    void tellsTheFirstAndThenTheNumber() {
        for (int number = 0; number < 58; number++) {
            log.warn("Paused: {}. Trying again.", "no database");
            clock.advance(Duration.ofSeconds(10));
        }
        assertThat(texts()).containsExactly("Paused: no database. Trying again.");
        clock.advance(Duration.ofSeconds(20));
        filter.logCounts();
        assertThat(texts())
                .containsExactly(
                        "Paused: no database. Trying again.",
                        "Paused: no database. Trying again. (57 times more within 10 min)");
        assertThat(lines.list.get(1).getLevel()).isEqualTo(Level.WARN);
    }

    @Test
    void aNewWindowBeginsWithTheLineItself() {
        log.error("It failed.");
        clock.advance(RepeatedFailures.WINDOW);
        log.error("It failed.");
        log.error("It failed.");
        assertThat(texts()).containsExactly("It failed.", "It failed.");
    }

    @Test
    void tellsApartWhatDiffers() {
        log.warn("Account {} cools down.", "one");
        log.warn("Account {} cools down.", "two");
        log.error("Account {} cools down.", "one");
        log.error("A turn failed.", new IOException("first"));
        log.error("A turn failed.", new IOException("second"));
        log.error("A turn failed.", new IOException("second"));
        assertThat(texts()).hasSize(5);
    }

    @Test
    void letsEverythingElseThrough() {
        log.info("A batch.");
        log.info("A batch.");
        assertThat(texts()).hasSize(2);
        log.setLevel(Level.DEBUG);
        log.warn("Again.");
        log.warn("Again.");
        assertThat(texts()).as("who debugs sees all").hasSize(4);
    }

    @Test
    void remembersNoMoreThanItMust() {
        for (int number = 0; number < 1_000; number++) {
            log.warn("Failure {}", number);
            log.warn("Failure {}", number);
        }
        assertThat(texts())
                .as("those that were forgotten told their count")
                .hasSize(1_000 + 800)
                .contains("Failure 0 (1 times more within 0 min)");
    }

    private List<String> texts() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
