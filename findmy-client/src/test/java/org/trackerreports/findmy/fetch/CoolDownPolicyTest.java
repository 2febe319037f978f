package org.trackerreports.findmy.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.fetch.FetchOutcome.EmptyAnswer;
import org.trackerreports.findmy.fetch.FetchOutcome.Refused;
import org.trackerreports.findmy.fetch.FetchOutcome.ServiceError;
import org.trackerreports.findmy.fetch.FetchOutcome.SignInNeeded;
import org.trackerreports.findmy.fetch.FetchOutcome.TooManyRequests;

class CoolDownPolicyTest {

    private static final Duration CENTURIES = Duration.ofSeconds(Long.MAX_VALUE);

    private final CoolDownPolicy steady = CoolDownPolicy.STEADY;

    @Test
    void theCoolDownDoublesUpToALimit() {
        FetchOutcome failure = new ServiceError(503);
        // 30 s doubled each time, give or take a fifth, up to two hours.
        assertThat(steady.after(failure, 1)).isBetween(Duration.ofSeconds(24), Duration.ofSeconds(36));
        assertThat(steady.after(failure, 2)).isBetween(Duration.ofSeconds(48), Duration.ofSeconds(72));
        assertThat(steady.after(failure, 5)).isBetween(Duration.ofSeconds(384), Duration.ofSeconds(576));
        assertThat(steady.after(failure, 12)).isBetween(Duration.ofMinutes(96), Duration.ofHours(2));
        assertThat(steady.after(failure, 1_000_000)).isBetween(Duration.ofMinutes(96), Duration.ofHours(2));
    }

    @Test
    void theServicesOwnWaitIsTheLeast() {
        assertThat(steady.after(new TooManyRequests(Optional.of(Duration.ofHours(6))), 1))
                .isEqualTo(Duration.ofHours(6));
        assertThat(steady.after(new ServiceError(503, Optional.of(Duration.ofHours(6))), 1))
                .isEqualTo(Duration.ofHours(6));
        assertThat(steady.after(new TooManyRequests(Optional.empty()), 2)).isEqualTo(Duration.ofMinutes(15));
        assertThat(steady.after(new TooManyRequests(Optional.of(Duration.ZERO)), 1))
                .isBetween(Duration.ofSeconds(24), Duration.ofSeconds(36));
    }

    @Test
    void noAnswerMakesAnAccountCoolDownLongerThanADayAndTheMessageSaysSo() {
        TooManyRequests refused = new TooManyRequests(Optional.of(CENTURIES));
        assertThat(steady.after(refused, 1)).isEqualTo(Duration.ofDays(1));
        assertThat(refused.message()).contains("wait 86400 s (the longest wait)");
        assertThat(steady.after(new ServiceError(503, Optional.of(CENTURIES)), 30))
                .isEqualTo(Duration.ofDays(1));
        CoolDownPolicy patient =
                new CoolDownPolicy(1, Duration.ofDays(400), Duration.ofDays(4_000), Duration.ofDays(400), 0);
        assertThat(patient.after(new EmptyAnswer(), 9)).isEqualTo(Duration.ofDays(1));
        assertThat(patient.after(new Refused("HTTP 403"), 1)).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void aRefusalIsNotRepeatedSoon() {
        assertThat(steady.after(new Refused("HTTP 403"), 1)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void aPatientPolicyWaitsForSeveralFailuresButObeysTheServiceAtOnce() {
        CoolDownPolicy policy = new CoolDownPolicy(10, Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ZERO, 0);
        assertThat(policy.after(new EmptyAnswer(), 9)).isZero();
        assertThat(policy.after(new EmptyAnswer(), 10)).isEqualTo(Duration.ofMinutes(5));
        assertThat(policy.after(new EmptyAnswer(), 11)).isEqualTo(Duration.ofMinutes(5));
        assertThat(policy.after(new Refused("HTTP 403"), 1)).isZero();
        assertThat(policy.after(new TooManyRequests(Optional.of(Duration.ofSeconds(60))), 1))
                .isEqualTo(Duration.ofMinutes(5));
        assertThat(policy.after(new ServiceError(503, Optional.of(Duration.ofHours(1))), 1))
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void whatWasNotAskedOrNeedsAPersonIsNoFailure() {
        assertThat(CoolDownPolicy.isFailure(new SignInNeeded("sign in", false))).isFalse();
        assertThat(CoolDownPolicy.isFailure(new SignInNeeded("later", true))).isTrue();
        assertThat(CoolDownPolicy.isFailure(new FetchOutcome.HeldBack("wait", Duration.ofHours(1))))
                .isFalse();
        assertThat(CoolDownPolicy.isFailure(new FetchOutcome.NotAuthorised(401)))
                .isTrue();
        assertThat(steady.after(new SignInNeeded("sign in", false), 1)).isZero();
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new CoolDownPolicy(0, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO, 0))
                .hasMessageContaining("0 failures");
        assertThatThrownBy(() -> new CoolDownPolicy(1, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
