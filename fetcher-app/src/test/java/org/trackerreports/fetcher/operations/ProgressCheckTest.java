package org.trackerreports.fetcher.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trackerreports.core.config.Role;
import org.trackerreports.core.event.RequestEnded;
import org.trackerreports.core.event.RequestResult;
import org.trackerreports.core.wiring.ServerWait;
import org.trackerreports.fetcher.event.SpoolChanged;
import org.trackerreports.fetcher.event.TurnEnded;
import org.trackerreports.fetcher.operations.HealthCheck.Level;
import org.trackerreports.fetcher.operations.Sample.AccountSample;
import org.trackerreports.fetcher.operations.Sample.Budget;
import org.trackerreports.queue.QueueStatistics;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.store.schema.DatabaseProblem;
import org.trackerreports.testsupport.MovableClock;

/** The daemon's health over time, with a clock that is moved; every expectation follows from the limits in {@link HealthRules}. */
class ProgressCheckTest {

    private static final HealthRules RULES =
            new HealthRules(Set.of(Role.FETCH), Duration.ofMinutes(30), Duration.ofMinutes(5), Duration.ofSeconds(30));

    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final Activity activity = new Activity(clock);
    private final ServerWait wait = mock(ServerWait.class);
    private final Health health = new Health(activity, RULES, wait, clock);

    private long due = 3;
    private boolean paused;
    private Duration redisAhead = Duration.ZERO;
    private long parked;
    private Optional<String> databaseFailure = Optional.empty();
    private List<DatabaseProblem> databaseProblems = List.of();
    private AccountState account = AccountState.READY;
    private Instant nextRequest = Instant.EPOCH;
    private Optional<Instant> lastRequest = Optional.empty();

    @Test
    void aStartThatWaitsForAServerIsLiveHoweverLongItTakes() {
        clock.advance(Duration.ofDays(1));
        assertThat(health.live().healthy()).isFalse();
        when(wait.waitingFor()).thenReturn(Optional.of("PostgreSQL at db:5432"));
        assertThat(health.live().healthy()).isTrue();
        assertThat(health.ready().healthy()).isFalse();
    }

    @Test
    void aDaemonThatOnlyStartsIsNotReadyButLives() {
        assertThat(health.ready().healthy()).isFalse();
        assertThat(health.live().healthy()).isTrue();
    }

    @Test
    void dueWorkThatNobodyDoesIsAFailureAfterFiveMinutes() {
        lookFor(Duration.ofMinutes(5));
        assertThat(health.ready().healthy()).isTrue();
        lookFor(Duration.ofSeconds(10));
        assertThat(health.ready().failures()).startsWith("work: trackers are due and account main may make a request");
        assertThat(health.live().healthy())
                .as("a restart helps, so the watchdog must not be told that all is well")
                .isFalse();
    }

    @Test
    void aRequestByAnyInstanceEndsTheStandstill() {
        lookFor(Duration.ofMinutes(6));
        assertThat(health.ready().healthy()).isFalse();
        lastRequest = Optional.of(clock.instant());
        lookFor(Duration.ofSeconds(5));
        assertThat(health.ready().healthy()).isTrue();
        lookFor(Duration.ofMinutes(4));
        assertThat(health.ready().healthy()).isTrue();
    }

    @Test
    void everyReasonToRestExplainsAnHourWithoutWork() {
        due = 0;
        restsForAnHour("nothing is due");
        due = 3;
        nextRequest = clock.instant().plus(Duration.ofHours(2));
        restsForAnHour("the account must wait");
        nextRequest = Instant.EPOCH;
        paused = true;
        restsForAnHour("paused by hand");
        paused = false;
        account = AccountState.PAUSED;
        restsForAnHour("the account is paused");
        account = AccountState.READY;
        lookFor(Duration.ofMinutes(6));
        assertThat(health.live().healthy()).as("no reason left").isFalse();
    }

    private void restsForAnHour(String why) {
        lookFor(Duration.ofHours(1));
        assertThat(health.live().healthy()).as(why).isTrue();
        assertThat(health.ready().healthy()).as(why).isTrue();
    }

    @Test
    void anOutageIsToldAsSuchAndNotAsAStandstill() {
        databaseFailure = Optional.of("the database refuses connections");
        lookFor(Duration.ofHours(1));
        assertThat(health.live().healthy()).isTrue();
        assertThat(health.ready().failures()).isEqualTo("database: the database refuses connections");
    }

    @Test
    void whatTimescaledbDoesNotDoIsTold() {
        look();
        assertThat(health.ready().checks()).extracting(HealthCheck::name).doesNotContain("history");
        databaseProblems = List.of(
                new DatabaseProblem(DatabaseProblem.Kind.JOB, "job 1000 failed: no space left", "Make space."),
                new DatabaseProblem(DatabaseProblem.Kind.JOB, "job 1002 failed: no space left", "Make space."));
        look();
        assertThat(check("history").level()).isEqualTo(Level.WARN);
        assertThat(check("history").cause()).contains("job 1000 failed: no space left", "job 1002");
        assertThat(check("history").next()).contains("Make space.", "refreshes hours and days by itself");
        databaseProblems =
                List.of(new DatabaseProblem(DatabaseProblem.Kind.LICENCE, "the licence refuses it", "db adopt"));
        look();
        assertThat(check("history").cause()).isEqualTo("the licence refuses it");
        assertThat(check("history").next()).isEqualTo("db adopt");
        assertThat(health.ready().healthy())
                .as("the answers wait in the spool, and no other instance could store them")
                .isTrue();
    }

    @Test
    void requestsThatAllFailAreAWarningBecauseNoOtherInstanceWouldFareBetter() {
        nextRequest = clock.instant().plus(Duration.ofDays(1));
        ended(RequestResult.OK);
        for (int number = 1; number <= 3; number++) {
            lookFor(Duration.ofMinutes(5));
            ended(RequestResult.UNAVAILABLE);
        }
        lookFor(Duration.ofHours(5));
        assertThat(health.ready().healthy()).isTrue();
        assertThat(check("work").level()).isEqualTo(Level.WARN);
        assertThat(check("work").cause())
                .startsWith("no request succeeded since 2026-03-01T12:00:00Z; 3 consecutive failures");
        ended(RequestResult.OK);
        look();
        assertThat(check("work").level()).isEqualTo(Level.OK);
    }

    @Test
    void readingHealthOftenChangesNothing() {
        for (int number = 0; number < 1_000; number++) {
            lookFor(Duration.ofSeconds(5));
            for (int reader = 0; reader < 10; reader++) {
                health.ready();
                health.live();
            }
        }
        assertThat(health.ready().healthy()).isFalse();
    }

    @Test
    void aLoopThatStandsStillIsSeenWithoutAnybodyJudging() {
        due = 0;
        look();
        clock.advance(Duration.ofSeconds(60));
        assertThat(health.live().healthy()).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(health.live().failures()).contains("has not checked itself for 61 s");
        assertThat(health.ready().healthy()).isFalse();
    }

    @Test
    void aWorkerThatDoesNotComeBackIsNotAlive() {
        due = 0;
        activity.turnEnded(new TurnEnded("main", TurnEnded.Work.NOTHING_DUE, Duration.ofSeconds(60)));
        lookFor(Duration.ofMinutes(6));
        assertThat(health.live().healthy()).isTrue();
        lookFor(Duration.ofSeconds(5));
        assertThat(health.live().failures()).startsWith("worker:main: its last turn ended 365 s ago");
    }

    @Test
    void aFullSpoolIsAFailure() {
        activity.spoolChanged(new SpoolChanged(12, 1_000, 1_000, 0));
        lookFor(Duration.ofHours(1));
        assertThat(health.ready().failures()).startsWith("spool: 12 answers wait for the database");
        assertThat(health.live().healthy()).isTrue();
    }

    @Test
    void anAccountThatWaitsForAPersonSaysWhatToDoAndTakesNoInstanceOutOfService() {
        account = AccountState.NEEDS_LOGIN;
        look();
        assertThat(health.ready().healthy()).isTrue();
        assertThat(health.ready().level()).isEqualTo(Level.WARN);
        assertThat(health.ready().warnings()).startsWith("account:main: needs a login: the session has ended");
        assertThat(check("account:main"))
                .isEqualTo(HealthCheck.warn(
                        "account:main",
                        "needs a login: the session has ended",
                        "Run: findmy tools login --account main"));
        assertThat(health.live().healthy()).isTrue();
    }

    @Test
    void trackersThatFailedTooOftenAreAWarning() {
        parked = 2;
        look();
        assertThat(health.ready().healthy()).isTrue();
        assertThat(check("queue").level()).isEqualTo(Level.WARN);
        assertThat(check("queue").cause()).isEqualTo("2 trackers are parked after too many failures");
    }

    @Test
    void clocksThatAreMoreThanAMinuteApartAreAWarning() {
        for (Duration ahead : List.of(Duration.ofSeconds(60), Duration.ofSeconds(-60))) {
            redisAhead = ahead;
            look();
            assertThat(check("queue").level()).as("%s apart", ahead).isEqualTo(Level.OK);
        }
        for (Duration ahead : List.of(Duration.ofSeconds(61), Duration.ofSeconds(-61))) {
            redisAhead = ahead;
            look();
            assertThat(check("queue"))
                    .isEqualTo(HealthCheck.warn(
                            "queue",
                            "the clock of Redis and the clock of this machine are 61 s apart",
                            "Synchronize the clocks of both machines. Until then accounts may wait too long."));
        }
        assertThat(health.ready().healthy())
                .as("another instance would have the same Redis")
                .isTrue();
    }

    private HealthCheck check(String name) {
        return health.ready().checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void ended(RequestResult result) {
        activity.requestEnded(new RequestEnded("main", result, Duration.ofSeconds(1), 3, 64, 3, 0));
    }

    /** Takes a sample every five seconds, as the daemon does, and sends a heartbeat. */
    private void lookFor(Duration duration) {
        for (long passed = 0; passed < duration.toSeconds(); passed += 5) {
            clock.advance(Duration.ofSeconds(5));
            look();
        }
    }

    private void look() {
        activity.heartbeatSent();
        Instant now = clock.instant();
        QueueStatistics queue = TenTrackers.queue(now.plus(redisAhead), now, paused, due, parked);
        AccountSample main = new AccountSample(
                "main",
                account,
                Optional.of("the session has ended"),
                Optional.of(new Budget(100, 268, nextRequest, lastRequest)));
        health.evaluate(TenTrackers.sample(now, databaseFailure, databaseProblems, queue, List.of(main)));
    }
}
