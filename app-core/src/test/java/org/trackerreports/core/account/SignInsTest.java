package org.trackerreports.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import org.trackerreports.core.account.SignInCounts.Counts;
import org.trackerreports.findmy.login.SessionSource;
import org.trackerreports.queue.BudgetDecision;
import org.trackerreports.queue.QueueListener;
import org.trackerreports.queue.RedisClients;
import org.trackerreports.queue.RequestBudgets;
import org.trackerreports.testsupport.RedisServer;

/** Sign-ins on a real Redis. */
class SignInsTest {

    private static RedisServer redis;
    private static RedissonClient redisson;

    private final SignIns signIns = new SignIns(
            new RequestBudgets(redisson, "test", Duration.ofSeconds(20), QueueListener.NONE), new SecureRandom());

    @BeforeAll
    static void startRedis() {
        redis = RedisServer.start();
        redisson = RedisClients.connect(redis.url(), Duration.ofSeconds(20));
    }

    @AfterAll
    static void stopRedis() {
        redisson.shutdown();
        redis.close();
    }

    @Test
    void thoseByHandLeaveNoneForTheDaemonAndTheDaemonLeavesOneForAPerson() {
        AppleAccountDigest account = AppleAccountDigest.ofName("hand@example.com");
        for (int number = 1; number < SessionSource.MAX_SIGN_INS_PER_DAY; number++) {
            assertThat(signIns.counts(account).untilNext()).isZero();
            signIns.signIn(account);
        }
        assertThat(signIns.renewal(account).retryAfter()).isBetween(Duration.ofHours(23), Duration.ofHours(24));
        Counts one = signIns.counts(account);
        assertThat(one.signIns()).isEqualTo(7);
        assertThat(one.untilNext()).isZero();
        signIns.signIn(account);
        assertThat(signIns.counts(account).untilNext()).isBetween(Duration.ofHours(23), Duration.ofHours(24));
    }

    @Test
    void aFailedRenewalIsPausedButNotAPerson() {
        AppleAccountDigest account = AppleAccountDigest.ofName("failed@example.com");
        assertThat(signIns.renewal(account)).isEqualTo(new BudgetDecision.Granted());
        signIns.failed(account);
        assertThat(signIns.renewal(account).retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(24));
        assertThat(signIns.counts(account).untilNext()).isZero();
        assertThat(signIns.counts(AppleAccountDigest.ofName(" FAILED@example.com "))
                        .signIns())
                .as("one Apple ID, however it is written")
                .isEqualTo(1);
        signIns.renewed(account);
        assertThat(signIns.renewal(account).retryAfter()).isGreaterThan(Duration.ofMinutes(14));
    }

    @Test
    void wrongPasswordsAreCounted() {
        AppleAccountDigest account = AppleAccountDigest.ofName("wrong@example.com");
        for (int number = 0; number < SignInCounts.MAX_WRONG_PASSWORDS; number++) {
            assertThat(signIns.counts(account).untilNextPassword()).isZero();
            signIns.wrongPassword(account);
        }
        Counts counts = signIns.counts(account);
        assertThat(counts.wrongPasswords()).isEqualTo(3);
        assertThat(counts.untilNextPassword()).isGreaterThan(Duration.ofHours(23));
        assertThat(counts.signIns()).isZero();
    }
}
