package org.trackerreports.findmy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.fetch.FetchOutcome;

/** What is asked again, and how often; the waits are of no time, so that nothing sleeps. */
class RetriesTest {

    private static final FetchOutcome ANSWERED = new FetchOutcome.Answered(Map.of(), 0);
    private static final FetchOutcome EMPTY = new FetchOutcome.EmptyAnswer();
    private static final FetchOutcome TIMED_OUT = new FetchOutcome.TimedOut("no answer");
    private static final FetchOutcome UNREADABLE = new FetchOutcome.Unreadable("not JSON");
    private static final FetchOutcome HELD_BACK = new FetchOutcome.HeldBack("cools down", Duration.ofMinutes(5));

    private final List<ClientEvent> events = new ArrayList<>();
    private int requests;

    @Test
    void anEmptyAnswerIsAskedAgainAsOftenAsTheSettingsSay() {
        assertThat(ask(2, 0, EMPTY, EMPTY, EMPTY, ANSWERED)).isEqualTo(EMPTY);
        assertThat(requests).isEqualTo(3);
        assertThat(events)
                .containsExactly(
                        new ClientEvent.Retrying(EMPTY, 1, Duration.ZERO),
                        new ClientEvent.Retrying(EMPTY, 2, Duration.ZERO));
    }

    @Test
    void anAnswerEndsTheAttempts() {
        assertThat(ask(5, 1, EMPTY, ANSWERED)).isEqualTo(ANSWERED);
        assertThat(requests).isEqualTo(2);
    }

    @Test
    void failuresAndEmptyAnswersHaveAttemptsOfTheirOwn() {
        assertThat(ask(1, 1, EMPTY, TIMED_OUT, EMPTY, ANSWERED)).isEqualTo(EMPTY);
        assertThat(requests).isEqualTo(3);
    }

    @Test
    void whatWouldFailAgainOrIsNotAllowedIsNotAskedAgain() {
        assertThat(ask(5, 5, UNREADABLE, ANSWERED)).isEqualTo(UNREADABLE);
        assertThat(ask(5, 5, HELD_BACK, ANSWERED)).isEqualTo(HELD_BACK);
        assertThat(requests).isEqualTo(2);
        assertThat(events).isEmpty();
    }

    @Test
    void anInterruptedWaitKeepsTheLastOutcomeAndTheInterrupt() {
        Thread.currentThread().interrupt();
        Retries retries =
                new Retries(new ClientSettings.Retry(List.of(Duration.ofDays(1)), List.of()), new Events(events::add));
        Iterator<FetchOutcome> answers = List.of(EMPTY, ANSWERED).iterator();
        assertThat(retries.ask(answers::next)).isEqualTo(EMPTY);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(answers).as("left to be asked for").hasNext();
    }

    private FetchOutcome ask(int afterEmptyAnswer, int afterFailure, FetchOutcome... outcomes) {
        Retries retries = new Retries(
                new ClientSettings.Retry(waits(afterEmptyAnswer), waits(afterFailure)), new Events(events::add));
        Iterator<FetchOutcome> answers = List.of(outcomes).iterator();
        return retries.ask(() -> {
            requests++;
            return answers.next();
        });
    }

    private static List<Duration> waits(int number) {
        return Collections.nCopies(number, Duration.ZERO);
    }
}
