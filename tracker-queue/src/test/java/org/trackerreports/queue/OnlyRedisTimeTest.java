package org.trackerreports.queue;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.api.RedissonClient;
import org.trackerreports.testsupport.RedisServer;

/** A worker's clock may be wrong: nothing depends on it. */
class OnlyRedisTimeTest {

    private static final WorkerId ANNE = new WorkerId("anne");

    /** To Redis, this machine's clock is wrong by that much. */
    @ParameterizedTest
    @ValueSource(strings = {"PT-1H", "PT1H", "PT-24H"})
    void leasesAndBudgetsHoldWithAWorkersClockThatIsWrong(Duration wrongBy) {
        RedissonClient redisson = null;
        try (RedisServer redis = RedisServer.start()) {
            redisson = TestRedisson.connect(redis.url());
            MovableTime time = new MovableTime(redisson);
            time.set(Instant.now().plus(wrongBy));
            QueueSettings settings =
                    QueueSettings.builder("q").lease(Duration.ofMinutes(10)).build();
            Scripts scripts = new Scripts(redisson, settings.callTimeout(), QueueListener.NONE, MovableTime.LUA);
            TrackerQueue queue = new TrackerQueue(settings, new Random(1), scripts);
            queue.initialiseIfEmpty(() -> Stream.of(QueueEntry.of("a")));
            assertThat(queue.claim(ANNE, 1)).isEmpty();
            time.pass(settings.heartbeatTimeout());

            List<Lease> leases = queue.claim(ANNE, 1);
            assertThat(leases).hasSize(1);
            time.pass(Duration.ofMinutes(10).minusMillis(1));
            queue.heartbeat(ANNE);
            assertThat(queue.reclaim()).isZero();
            assertThat(queue.extend(leases)).containsExactly(true);
            time.pass(Duration.ofMinutes(10));
            assertThat(queue.complete(leases, Completion.FOUND)).containsExactly(false);
            assertThat(queue.reclaim()).isEqualTo(1);

            RequestBudgets budgets = new RequestBudgets("q", scripts);
            BudgetRule rule = new BudgetRule(Duration.ofMinutes(5), 10, Duration.ofHours(1), 0);
            assertThat(budgets.acquire("a", rule, false)).isEqualTo(new BudgetDecision.Granted());
            assertThat(budgets.acquire("a", rule, false)).isEqualTo(new BudgetDecision.Denied(Duration.ofMinutes(5)));
        } finally {
            if (redisson != null) {
                redisson.shutdown();
            }
        }
    }

    @Test
    void noClassAsksThisMachineForTheTime() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Date.class)
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("org.trackerreports.queue"));
    }
}
