package org.trackerreports.store.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trackerreports.store.account.RequestLedger.Grant;
import org.trackerreports.store.account.RequestLedger.Limits;
import org.trackerreports.store.account.RequestLedger.Recorded;
import org.trackerreports.store.server.ServerKind;
import org.trackerreports.store.server.StoreFixture;

class RequestLedgerTest {

    private static final Duration GAP = Duration.ofMinutes(5);
    private static final Limits LIMITS = new Limits(GAP, 3);

    private static StoreFixture fixture;
    private static RequestLedger ledger;

    @BeforeAll
    static void open() {
        fixture = new StoreFixture(ServerKind.PLAIN);
        ledger = fixture.store.requests();
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    /** Lets time pass for everything that is recorded of a budget. */
    private static void pass(String budget, Duration time) {
        String by = " - interval '" + time.toSeconds() + " seconds'";
        fixture.execute(
                "UPDATE granted_requests SET granted_at = granted_at" + by + " WHERE budget = '" + budget + "'");
        fixture.execute("UPDATE request_budgets SET last_granted_at = last_granted_at" + by
                + ", cool_down_until = cool_down_until" + by + " WHERE budget = '" + budget + "'");
    }

    private static List<Long> numbers(Recorded recorded) {
        return recorded.grants().stream().map(Grant::number).toList();
    }

    @Test
    void nothingIsRecordedWithinTheGapOrBeyondTheMaximum() {
        assertThat(ledger.record("a", 1, LIMITS)).isTrue();
        pass("a", GAP.minusSeconds(20));
        assertThat(ledger.record("a", 2, LIMITS)).as("within the gap").isFalse();
        pass("a", Duration.ofSeconds(20));
        assertThat(ledger.record("a", 3, LIMITS)).isTrue();
        pass("a", GAP);
        assertThat(ledger.record("a", 4, LIMITS)).isTrue();
        pass("a", GAP);
        assertThat(ledger.record("a", 5, LIMITS)).as("a fourth within a day").isFalse();
        assertThat(ledger.record("b", 6, LIMITS)).as("another budget").isTrue();

        Recorded recorded = ledger.read("a");
        assertThat(numbers(recorded)).containsExactly(1L, 3L, 4L);
        assertThat(recorded.grants().get(0).age()).isBetween(GAP.multipliedBy(3), GAP.multipliedBy(4));
        assertThat(recorded.coolDown()).isZero();
        assertThat(recorded.corrected()).isFalse();
        pass("a", Duration.ofDays(1).minus(GAP.multipliedBy(3)));
        assertThat(ledger.record("a", 7, LIMITS)).as("a day after the first").isTrue();
        pass("a", Duration.ofDays(2));
        assertThat(ledger.record("a", 8, LIMITS)).isTrue();
        assertThat(fixture.query("SELECT grant_number FROM granted_requests WHERE budget = 'a'"))
                .as("old ones are forgotten")
                .containsExactly(List.of("8"));
    }

    @Test
    void ofManyAtOnceOneIsRecorded() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        CyclicBarrier together = new CyclicBarrier(3);
        List<Callable<Boolean>> callers = IntStream.range(0, 3)
                .<Callable<Boolean>>mapToObj(number -> () -> {
                    together.await();
                    return ledger.record("shared", number, LIMITS);
                })
                .toList();
        int recorded = 0;
        for (Future<Boolean> each : threads.invokeAll(callers)) {
            recorded += each.get() ? 1 : 0;
        }
        threads.shutdown();
        assertThat(recorded).isEqualTo(1);
        assertThat(ledger.read("shared").grants()).hasSize(1);
    }

    @Test
    void theCoolDownThatEndsLastCountsAndOneThatIsTooLongIsCut() {
        ledger.coolDown("cool", Duration.ofHours(2));
        ledger.coolDown("cool", Duration.ofHours(1));
        assertThat(ledger.read("cool").coolDown()).isBetween(Duration.ofMinutes(119), Duration.ofHours(2));
        assertThat(ledger.record("cool", 1, LIMITS)).isFalse();
        ledger.endCoolDown("cool");
        assertThat(ledger.record("cool", 2, LIMITS)).isTrue();
        ledger.coolDown("cool", Duration.ofDays(300));
        assertThat(ledger.read("cool").coolDown()).isBetween(Duration.ofHours(23), Duration.ofHours(24));
    }

    @Test
    void whatAClockThatWasAYearAheadWroteIsCorrected() {
        ledger.record("ahead", 1, LIMITS);
        ledger.coolDown("ahead", Duration.ofHours(1));
        pass("ahead", Duration.ofDays(-365));
        assertThat(ledger.record("ahead", 2, LIMITS)).isFalse();

        Recorded corrected = ledger.read("ahead");
        assertThat(corrected.corrected()).isTrue();
        assertThat(corrected.grants())
                .singleElement()
                .satisfies(grant -> assertThat(grant.age()).isLessThan(Duration.ofMinutes(1)));
        assertThat(corrected.coolDown()).isLessThanOrEqualTo(Duration.ofDays(1));
        ledger.endCoolDown("ahead");
        assertThat(ledger.record("ahead", 3, LIMITS))
                .as("the gap counts from now")
                .isFalse();
        pass("ahead", GAP);
        assertThat(ledger.record("ahead", 4, LIMITS)).isTrue();
        assertThat(ledger.read("ahead").corrected()).isFalse();
    }

    @Test
    void theStrictestLimitsOfThoseThatRunHold() {
        assertThat(ledger.strictest()).isEmpty();
        ledger.announce("slow", new Limits(Duration.ofMinutes(10), 288));
        ledger.announce("few", new Limits(Duration.ofMillis(100), 10));
        assertThat(ledger.strictest()).contains(new Limits(Duration.ofMinutes(10), 10));
        ledger.announce("few", new Limits(Duration.ofMillis(100), 20));
        ledger.withdraw("slow");
        assertThat(ledger.strictest()).contains(new Limits(Duration.ofMillis(100), 20));
        fixture.execute("UPDATE request_limits SET heard_of_at = heard_of_at - interval '61 minutes'");
        assertThat(ledger.strictest()).isEmpty();
    }

    @Test
    void theFirstPrefixIsKeptUntilItIsChanged() {
        assertThat(ledger.queuePrefix("first")).isEqualTo("first");
        assertThat(ledger.queuePrefix("second")).isEqualTo("first");
        ledger.changeQueuePrefix("second");
        assertThat(ledger.queuePrefix("first")).isEqualTo("second");
    }
}
