package org.trackerreports.fetcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trackerreports.core.account.AccountBudget;
import org.trackerreports.core.account.AccountRequests;
import org.trackerreports.core.account.AccountStates;
import org.trackerreports.core.event.Listeners;
import org.trackerreports.core.lifecycle.StopSignal;
import org.trackerreports.fetcher.event.DaemonListener;
import org.trackerreports.fetcher.event.TurnEnded;
import org.trackerreports.fetcher.event.TurnEnded.Work;
import org.trackerreports.store.account.AccountVersion;

/** With real threads. Nothing depends on how fast they are. */
@Timeout(60)
class AccountTurnsTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final BlockingQueue<TurnEnded> told = new LinkedBlockingQueue<>();
    private final Listeners<DaemonListener> listeners = new Listeners<>(Set.of(new DaemonListener() {
        @Override
        public void turnEnded(TurnEnded event) {
            told.add(event);
        }
    }));
    private final WorkerParts parts = new WorkerParts(
            mock(AccountStates.class),
            mock(AccountRequests.class),
            mock(AccountBudget.class),
            mock(WorkBatch.class),
            mock(AnswerSink.class),
            mock(Outages.class),
            listeners,
            new StopSignal(),
            Clock.systemUTC());
    private final Map<String, AccountWorker> workers = new ConcurrentHashMap<>();
    private final Map<String, Runnable> foundWork = new ConcurrentHashMap<>();
    private final AccountTurns turns = new AccountTurns(
            parts,
            (alias, found) -> {
                foundWork.put(alias, found);
                return workers.get(alias);
            },
            TurnThreads.start());

    private AccountWorker worker(String alias) {
        AccountWorker worker = mock(AccountWorker.class);
        when(worker.alias()).thenReturn(alias);
        when(worker.takeTurn()).thenReturn(turn(alias, Work.MUST_WAIT, LONG));
        workers.put(alias, worker);
        return worker;
    }

    private static TurnEnded turn(String alias, Work work, Duration next) {
        return new TurnEnded(alias, work, next);
    }

    private static AccountVersion version(String alias, long version) {
        return new AccountVersion(alias, 1, version);
    }

    private TurnEnded next() throws InterruptedException {
        TurnEnded turn = told.poll(30, TimeUnit.SECONDS);
        assertThat(turn).isNotNull();
        return turn;
    }

    @AfterEach
    void end() {
        turns.end(parts.clock().instant().plusSeconds(20));
    }

    @Test
    void aNewAccountTakesItsTurnAndAnotherOneWhenItChanges() throws InterruptedException {
        worker("a");
        turns.start();
        turns.follow(List.of(version("a", 1)));
        assertThat(next()).isEqualTo(turn("a", Work.MUST_WAIT, LONG));

        turns.follow(List.of(version("a", 1)));
        turns.follow(List.of(version("a", 2)));

        assertThat(next()).isEqualTo(turn("a", Work.MUST_WAIT, LONG));
        assertThat(told).as("unchanged, it waits").isEmpty();
    }

    @Test
    void anAccountThatIsGoneEndsAndCanBeAddedAgain() throws InterruptedException {
        AccountWorker worker = worker("a");
        turns.start();
        turns.follow(List.of(version("a", 1)));
        next();
        CountDownLatch asked = new CountDownLatch(1);
        when(worker.isGone()).thenAnswer(call -> {
            asked.countDown();
            return true;
        });

        turns.follow(List.of());
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
        worker("a");
        do {
            // The turn that found it gone may not have ended yet.
            turns.follow(List.of(version("a", 1)));
        } while (told.poll(10, TimeUnit.MILLISECONDS) == null);
    }

    @Test
    void anAccountThatIsAddedAgainWhileItsTurnFindsItGoneGoesOn() throws InterruptedException {
        AccountWorker again = worker("a");
        AccountWorker gone = worker("a");
        when(gone.isGone()).thenReturn(true);
        when(gone.takeTurn()).thenAnswer(call -> {
            workers.put("a", again);
            turns.follow(List.of());
            turns.follow(List.of(new AccountVersion("a", 2, 1)));
            return turn("a", Work.ACCOUNT_NOT_READY, Duration.ZERO);
        });
        turns.start();

        turns.follow(List.of(version("a", 1)));

        assertThat(next()).as("of the new one").isEqualTo(turn("a", Work.MUST_WAIT, LONG));
    }

    @Test
    void theOthersGoOnWhileOneTurnTakesLong() throws InterruptedException {
        AccountWorker slow = worker("slow");
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        when(slow.takeTurn()).thenAnswer(call -> {
            begun.countDown();
            release.await();
            return turn("slow", Work.ASKED, LONG);
        });
        worker("other");
        turns.start();
        turns.follow(List.of(version("slow", 1)));
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

        turns.follow(List.of(version("slow", 1), version("other", 1)));

        assertThat(next().account()).isEqualTo("other");
        release.countDown();
        assertThat(next()).isEqualTo(turn("slow", Work.ASKED, LONG));
    }

    @Test
    void oneAccountLooksOutForTheIdleOnesAndTheNextLooksWhenItFindsWork() throws InterruptedException {
        AtomicInteger looks = new AtomicInteger();
        AccountWorker first = worker("first");
        when(first.takeTurn()).thenAnswer(call -> {
            if (looks.incrementAndGet() < 3) {
                return turn("first", Work.NOTHING_DUE, Duration.ofMillis(1));
            }
            foundWork.get("first").run();
            return turn("first", Work.ASKED, LONG);
        });
        AccountWorker second = worker("second");
        when(second.takeTurn()).thenReturn(turn("second", Work.NOTHING_DUE, LONG));
        turns.start();
        turns.follow(List.of(version("first", 1)));

        assertThat(next().next()).isEqualTo(Duration.ofMillis(1));
        assertThat(next().next()).isEqualTo(Duration.ofMillis(1));
        assertThat(next()).isEqualTo(turn("first", Work.ASKED, LONG));
        turns.follow(List.of(version("first", 1), version("second", 1)));
        assertThat(next()).isEqualTo(turn("second", Work.NOTHING_DUE, LONG));
    }

    @Test
    void anErrorDoesNotEndTheAccount() throws InterruptedException {
        AccountWorker worker = worker("a");
        when(worker.takeTurn()).thenThrow(new StackOverflowError()).thenReturn(turn("a", Work.ASKED, LONG));
        turns.start();
        turns.follow(List.of(version("a", 1)));
        assertThat(next()).isEqualTo(turn("a", Work.FAILED, AccountWorker.PAUSE_AFTER_FAILURE));

        turns.follow(List.of(version("a", 2)));

        assertThat(next().work()).isEqualTo(Work.ASKED);
    }

    @Test
    void atTheEndATurnThatTakesTooLongIsInterrupted() throws InterruptedException {
        AccountWorker worker = worker("a");
        CountDownLatch begun = new CountDownLatch(1);
        when(worker.takeTurn()).thenAnswer(call -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                return turn("a", Work.FAILED, LONG);
            }
            throw new AssertionError("not interrupted");
        });
        turns.start();
        turns.follow(List.of(version("a", 1)));
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

        turns.end(parts.clock().instant());

        assertThat(next().work()).isEqualTo(Work.FAILED);
    }

    @Test
    void beginsNothingAfterTheEnd() {
        worker("a");
        turns.start();
        turns.end(parts.clock().instant().plusSeconds(20));
        turns.follow(List.of(version("a", 1)));

        assertThat(foundWork).isEmpty();
        assertThat(told).isEmpty();
    }
}
