package org.trackerreports.findmy.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.anisette.DeviceIdentity;
import org.trackerreports.findmy.fetch.FetchOutcome.Answered;
import org.trackerreports.findmy.fetch.FetchOutcome.HeldBack;
import org.trackerreports.findmy.fetch.FetchOutcome.NotAuthorised;
import org.trackerreports.findmy.fetch.FetchOutcome.ServiceError;
import org.trackerreports.findmy.fetch.FetchOutcome.SignInNeeded;
import org.trackerreports.findmy.fetch.FetchOutcome.TooManyRequests;
import org.trackerreports.findmy.key.HashedAdvertisementKey;
import org.trackerreports.findmy.login.Session;
import org.trackerreports.findmy.login.SessionSource;
import org.trackerreports.testsupport.MovableClock;

class AccountClientTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final FetchOutcome ANSWERED = new Answered(Map.of(), 0);
    private static final FetchQuery QUERY = new FetchQuery(
            List.of(new FetchQuery.Entry(
                    List.of(new HashedAdvertisementKey("6UUfgEvDeboxct6UF8gWyYXWj8ezdPw7eCMz/hL+CuY=")), List.of())),
            NOW,
            NOW);

    private final MovableClock clock = new MovableClock(NOW);
    private final Gate gate = new Gate();
    private final Sessions sessions = new Sessions();
    private final Deque<FetchOutcome> answers = new ArrayDeque<>();
    private final List<String> tokens = new ArrayList<>();
    private final AccountClient client = new AccountClient(
            (session, query) -> {
                tokens.add(session.searchPartyToken());
                clock.advance(Duration.ofSeconds(1));
                return answers.remove();
            },
            gate,
            sessions,
            CoolDownPolicy.STEADY,
            clock);

    /** Grants a number of requests, one at a time. */
    private static final class Gate implements RequestGate {
        int left = Integer.MAX_VALUE;
        boolean underWay;
        final List<Boolean> completed = new ArrayList<>();
        final List<Duration> coolDowns = new ArrayList<>();

        @Override
        public Permission acquire() {
            assertThat(underWay).isFalse();
            if (left == 0) {
                return new MustWait(Duration.ofMinutes(5), "not yet");
            }
            left--;
            underWay = true;
            return new Granted();
        }

        @Override
        public void completed(boolean answered) {
            assertThat(underWay).isTrue();
            underWay = false;
            completed.add(answered);
        }

        @Override
        public void coolDown(Duration wait, String reason) {
            assertThat(reason).isNotBlank();
            coolDowns.add(wait);
        }
    }

    private static final class Sessions implements SessionSource {
        Optional<Session> current = Optional.of(session("first"));
        Deque<Renewal> renewals = new ArrayDeque<>();
        final List<String> ended = new ArrayList<>();

        @Override
        public Optional<Session> current() {
            return current;
        }

        @Override
        public Renewal renew(Session refused) {
            ended.add(refused.searchPartyToken());
            Renewal renewal = renewals.remove();
            current = renewal.session().or(() -> current);
            return renewal;
        }
    }

    private static Session session(String token) {
        return new Session("owner@example.com", "1", token, DeviceIdentity.random(), "machine", NOW);
    }

    private FetchOutcome ask(FetchOutcome... willAnswer) {
        answers.addAll(List.of(willAnswer));
        FetchOutcome outcome = client.ask(QUERY, RequestListener.NONE);
        assertThat(answers).isEmpty();
        return outcome;
    }

    @Test
    void withoutASessionNothingIsAsked() {
        sessions.current = Optional.empty();
        assertThat(ask()).isEqualTo(new SignInNeeded("nobody is signed in", false));
        assertThat(gate.completed).isEmpty();
        assertThat(gate.coolDowns).isEmpty();
    }

    @Test
    void anEndedSessionIsRenewedOnceAndTheSameIsAskedAgain() {
        sessions.renewals.add(SessionSource.Renewal.of(session("second")));
        assertThat(ask(new NotAuthorised(401), ANSWERED)).isEqualTo(ANSWERED);
        assertThat(tokens).containsExactly("first", "second");
        assertThat(sessions.ended).containsExactly("first");
        assertThat(gate.completed).as("each attempt took from the budget").containsExactly(false, true);
        assertThat(gate.coolDowns).isEmpty();
    }

    @Test
    void aFreshSessionThatIsRefusedIsNotRenewedAgainInTheSameCall() {
        sessions.renewals.add(SessionSource.Renewal.of(session("second")));
        assertThat(ask(new NotAuthorised(401), new NotAuthorised(541))).isEqualTo(new NotAuthorised(541));
        assertThat(sessions.ended).hasSize(1);
        assertThat(gate.coolDowns).singleElement().matches(wait -> wait.compareTo(Duration.ofSeconds(24)) >= 0);
    }

    @Test
    void aSessionThatCannotBeRenewedNeedsASignIn() {
        sessions.renewals.add(SessionSource.Renewal.failed("the password was refused", false));
        assertThat(ask(new NotAuthorised(401))).isEqualTo(new SignInNeeded("the password was refused", false));
        assertThat(gate.coolDowns).as("it waits for a person").isEmpty();
        sessions.renewals.add(SessionSource.Renewal.failed("not yet", true));
        assertThat(ask(new NotAuthorised(401))).isEqualTo(new SignInNeeded("not yet", true));
        assertThat(gate.coolDowns).hasSize(1);
    }

    @Test
    void theBudgetHoldsRequestsBackThoseAfterARenewalAmongThem() {
        gate.left = 1;
        sessions.renewals.add(SessionSource.Renewal.of(session("second")));
        assertThat(ask(new NotAuthorised(401))).isEqualTo(new HeldBack("not yet", Duration.ofMinutes(5)));
        assertThat(ask()).isInstanceOf(HeldBack.class);
        assertThat(tokens).containsExactly("first");
        assertThat(gate.coolDowns).isEmpty();
    }

    @Test
    void failuresCoolDownLongerEachTimeUntilAnAnswer() {
        ask(new ServiceError(503));
        ask(new ServiceError(503));
        ask(ANSWERED);
        ask(new ServiceError(503));
        ask(new TooManyRequests(Optional.of(Duration.ofDays(365_000))));
        assertThat(gate.coolDowns.get(0)).isBetween(Duration.ofSeconds(24), Duration.ofSeconds(36));
        assertThat(gate.coolDowns.get(1)).isBetween(Duration.ofSeconds(48), Duration.ofSeconds(72));
        assertThat(gate.coolDowns.get(2)).isBetween(Duration.ofSeconds(24), Duration.ofSeconds(36));
        assertThat(gate.coolDowns.get(3)).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void aRequestThatThrowsHasEndedForTheGate() {
        AccountClient broken = new AccountClient(
                (session, query) -> {
                    throw new IllegalStateException("a mistake");
                },
                gate,
                sessions,
                CoolDownPolicy.STEADY,
                clock);
        assertThatThrownBy(() -> broken.ask(QUERY, RequestListener.NONE)).hasMessage("a mistake");
        assertThat(gate.completed).containsExactly(false);
    }

    @Test
    void theListenerIsToldOfEachRequestAndItsExceptionsDisturbNothing() {
        sessions.renewals.add(SessionSource.Renewal.of(session("second")));
        List<FetchOutcome> told = new ArrayList<>();
        answers.addAll(List.of(new NotAuthorised(401), ANSWERED));
        FetchOutcome outcome = client.ask(QUERY, (each, took) -> {
            told.add(each);
            assertThat(took).isEqualTo(Duration.ofSeconds(1));
            throw new IllegalStateException("the listener's own mistake");
        });
        assertThat(outcome).isEqualTo(ANSWERED);
        assertThat(told).containsExactly(new NotAuthorised(401), ANSWERED);
    }
}
