package org.trackerreports.findmy.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trackerreports.testsupport.MovableClock;

class SignInPacingTest {

    private static final Instant BEGIN = Instant.parse("2026-02-09T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    /** A service that refuses for three days: no 24 hours have more sign-ins than are safe, and one is always left for a person. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void refusalsForDaysStayWithinTheBudget(long seed) {
        Random random = new Random(seed);
        MovableClock clock = new MovableClock(BEGIN);
        List<Instant> signIns = new ArrayList<>();
        while (clock.instant().isBefore(BEGIN.plus(DAY.multipliedBy(3)))) {
            signIns.add(clock.instant());
            clock.advance(SignInPacing.pauseAfter(within(signIns, clock.instant()), random));
            assertThat(within(signIns, clock.instant())).isLessThan(SessionSource.MAX_SIGN_INS_PER_DAY);
        }
        List<Instant> firstDay =
                signIns.stream().filter(each -> each.isBefore(BEGIN.plus(DAY))).toList();
        assertThat(firstDay)
                .as("a short trouble is over soon, a long one is waited for")
                .hasSizeBetween(6, 7);
        assertThat(Duration.between(firstDay.get(0), firstDay.get(1)))
                .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(24));
        for (int last = firstDay.size() - 3; last < firstDay.size() - 1; last++) {
            assertThat(Duration.between(firstDay.get(last), firstDay.get(last + 1)))
                    .isGreaterThanOrEqualTo(Duration.ofHours(3));
        }
    }

    private static int within(List<Instant> signIns, Instant now) {
        return (int)
                signIns.stream().filter(each -> each.isAfter(now.minus(DAY))).count();
    }
}
