package org.trackerreports.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import org.slf4j.LoggerFactory;
import org.trackerreports.testsupport.RedisServer;

/** What the listener is told, in order. */
class QueueListenerTest {

    private static final WorkerId ANNE = new WorkerId("anne");

    private final List<String> told = new ArrayList<>();
    private final QueueListener listener = (QueueListener) Proxy.newProxyInstance(
            QueueListener.class.getClassLoader(), new Class<?>[] {QueueListener.class}, (proxy, method, arguments) -> {
                String what = arguments != null && arguments[0] instanceof QueueStatistics statistics
                        ? "ids=" + statistics.ids()
                        : Arrays.toString(arguments);
                told.add(method.getName() + (arguments == null ? "[]" : what));
                return null;
            });
    private final TestRedis testRedis = new TestRedis();
    private final RedisServer redis = testRedis.server;
    private final RedissonClient redisson = testRedis.client();
    private final MovableTime time = new MovableTime(redisson);
    private final Scripts scripts = new Scripts(redisson, Duration.ofMillis(500), listener, MovableTime.LUA);
    private final TrackerQueue queue = new TrackerQueue(QueueSettings.defaults("q"), new Random(1), scripts);
    private final RequestBudgets budgets = new RequestBudgets("q", scripts);

    @AfterEach
    void stop() {
        testRedis.close();
    }

    private List<String> toldSince() {
        List<String> since = List.copyOf(told);
        told.clear();
        return since;
    }

    @Test
    void everyEventIsTold() {
        queue.initialiseIfEmpty(() -> Stream.of("a", "b", "c", "d", "e").map(QueueEntry::of));
        time.pass(Duration.ofHours(1));
        List<Lease> leases = queue.claim(ANNE, 5);
        queue.complete(leases.get(0), Completion.FOUND);
        queue.complete(leases.get(1), Completion.NOTHING_FOUND);
        queue.fail(leases.get(2), "why", Fault.TRACKER);
        queue.fail(leases.get(3), "why", Fault.NOT_THE_TRACKER);
        queue.release(leases.get(4));
        assertThat(toldSince())
                .containsExactly(
                        "filled[5]",
                        "claimed[5]",
                        "completed[FOUND, 1]",
                        "completed[NOTHING_FOUND, 1]",
                        "failed[TRACKER, 1]",
                        "failed[NOT_THE_TRACKER, 1]",
                        "released[1]");

        queue.complete(leases, Completion.FOUND);
        queue.claim(ANNE, 5);
        time.pass(Duration.ofHours(1));
        queue.reclaim();
        queue.reconcile(() -> Stream.of(QueueEntry.of("a")));
        queue.statistics();
        assertThat(toldSince())
                .containsExactly(
                        "refused[5]",
                        "completed[FOUND, 0]",
                        "claimed[1]",
                        "reclaimed[ReclaimResult[fromLeases=1, fromWorkers=0, workers=1]]",
                        "reconciled[Reconciled[added=0, removed=4, changed=0, kept=1]]",
                        "measuredids=1");
    }

    @Test
    void budgetsAndOutagesAreTold() {
        BudgetRule rule = new BudgetRule(Duration.ofMinutes(1), 5, Duration.ofHours(1), 0);
        budgets.acquire("account", rule, false);
        budgets.acquire("account", rule, false);
        queue.heartbeat(ANNE);
        String now = redis.command("GET", "{movable-time}").split("\r\n")[1];
        redis.command("FLUSHALL");
        redis.command("SET", "{movable-time}", String.valueOf(Long.parseLong(now) + 1000));
        queue.heartbeat(ANNE);
        redis.kill();
        assertThatThrownBy(queue::statistics).isInstanceOf(QueueUnavailableException.class);
        assertThat(toldSince())
                .containsExactly("granted[account]", "denied[account, PT1M]", "dataLost[]", "unavailable[]");
    }

    @Test
    void aListenerThatThrowsDisturbsNothingAndIsLogged() {
        Logger logger = (Logger) LoggerFactory.getLogger(QueueEvents.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
        QueueListener failing = (QueueListener) Proxy.newProxyInstance(
                QueueListener.class.getClassLoader(),
                new Class<?>[] {QueueListener.class},
                (proxy, method, arguments) -> {
                    throw new IllegalStateException("in " + method.getName());
                });
        try {
            Scripts unheard = new Scripts(redisson, Duration.ofMillis(500), failing, MovableTime.LUA);
            TrackerQueue failed = new TrackerQueue(QueueSettings.defaults("q"), new Random(1), unheard);
            assertThat(failed.initialiseIfEmpty(() -> Stream.of(QueueEntry.of("a"))))
                    .isTrue();
            time.pass(Duration.ofHours(1));
            List<Lease> leases = failed.claim(ANNE, 1);
            assertThat(leases).hasSize(1);
            assertThat(failed.complete(leases, Completion.FOUND)).containsExactly(true);
            assertThat(failed.reclaim()).isZero();
            BudgetRule rule = new BudgetRule(Duration.ofMinutes(1), 5, Duration.ofHours(1), 0);
            assertThat(new RequestBudgets("q", unheard).acquire("account", rule, false))
                    .isEqualTo(new BudgetDecision.Granted());
        } finally {
            logger.detachAppender(log);
            logger.setAdditive(true);
        }
        assertThat(log.list)
                .allMatch(event -> event.getLevel() == Level.WARN)
                .extracting(event -> event.getThrowableProxy().getMessage())
                .containsExactly("in filled", "in claimed", "in completed", "in reclaimed", "in granted");
    }
}
