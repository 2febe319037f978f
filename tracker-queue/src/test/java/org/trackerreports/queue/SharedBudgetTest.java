package org.trackerreports.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.trackerreports.testsupport.RedisServer;

/** Four instances that ask for the same budget without a pause. In real time. */
class SharedBudgetTest {

    private static final Duration GAP = Duration.ofMillis(10);
    private static final BudgetRule RULE = new BudgetRule(GAP, 40, Duration.ofSeconds(1), 10);
    private static final int GRANTS = 120;

    @Test
    void neitherGapNorMostAreEverExceeded() throws Exception {
        List<RedissonClient> clients = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        AtomicInteger granted = new AtomicInteger();
        try (RedisServer redis = RedisServer.start()) {
            List<Future<?>> askers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                RedissonClient client = TestRedisson.connect(redis.url());
                clients.add(client);
                RequestBudgets budgets =
                        new RequestBudgets(client, "shared", Duration.ofSeconds(20), QueueListener.NONE);
                for (boolean manual : new boolean[] {true, false}) {
                    askers.add(threads.submit(() -> {
                        while (granted.get() < GRANTS) {
                            if (budgets.acquire("account", RULE, manual) instanceof BudgetDecision.Granted) {
                                granted.incrementAndGet();
                            }
                        }
                    }));
                }
            }
            for (Future<?> asker : askers) {
                asker.get(1, TimeUnit.MINUTES);
            }
            // What Redis wrote down of each grant, by its own clock.
            List<Long> times = clients
                    .get(0)
                    .<String>getScoredSortedSet("{shared}:budget:account", StringCodec.INSTANCE)
                    .entryRange(0, -1)
                    .stream()
                    .map(entry -> entry.getScore().longValue())
                    .toList();
            assertThat(times).hasSize(granted.get()).hasSizeGreaterThanOrEqualTo(GRANTS);
            for (int i = 1; i < times.size(); i++) {
                assertThat(times.get(i) - times.get(i - 1)).isGreaterThanOrEqualTo(GAP.toMillis());
            }
            for (int i = RULE.maxPerPeriod(); i < times.size(); i++) {
                assertThat(times.get(i) - times.get(i - RULE.maxPerPeriod()))
                        .isGreaterThanOrEqualTo(RULE.period().toMillis());
            }
        } finally {
            threads.shutdownNow();
            clients.forEach(RedissonClient::shutdown);
        }
    }
}
