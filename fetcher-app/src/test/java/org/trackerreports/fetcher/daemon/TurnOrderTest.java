package org.trackerreports.fetcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TurnOrderTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration SHORT = Duration.ofSeconds(2);

    private final TurnOrder order = new TurnOrder();

    /** Begins shortly before the ticks overflow, as they may. */
    private long now = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private void takes(String account) {
        assertThat(order.take(now)).contains(account);
    }

    private void takesNone() {
        assertThat(order.take(now)).isEmpty();
    }

    private void looksInVain(String account) {
        takes(account);
        order.foundNothing(account, SHORT, now);
    }

    @Test
    void takesNewAccountsInTheOrderInWhichTheyCame() {
        order.wake("b", now);
        order.wake("a", now);

        takes("b");
        takes("a");
        takesNone();
        assertThat(order.untilNext(now)).isEqualTo(TurnOrder.LONGEST_WAIT);
    }

    @Test
    void takesTheAccountWhoseTimeComesFirst() {
        order.wake("slow", now);
        order.wake("fast", now);
        takes("slow");
        takes("fast");
        assertThat(order.ended("slow", Duration.ofSeconds(20), now)).isEqualTo(Duration.ofSeconds(20));
        order.ended("fast", Duration.ofSeconds(10), now);

        assertThat(order.untilNext(now)).isEqualTo(Duration.ofSeconds(10));
        pass(Duration.ofSeconds(10));
        takes("fast");
        takesNone();
        pass(Duration.ofSeconds(10));
        takes("slow");
    }

    @Test
    void anAccountAtItsTurnIsNotTakenAgain() {
        order.wake("a", now);
        takes("a");
        order.wake("a", now);
        takesNone();

        assertThat(order.ended("a", Duration.ofHours(1), now))
                .as("it changed during its turn")
                .isZero();
        takes("a");
        assertThat(order.ended("a", Duration.ofHours(1), now)).isEqualTo(Duration.ofHours(1));
        takesNone();
    }

    @Test
    void anAccountThatChangedDoesNotWaitLonger() {
        order.wake("a", now);
        takes("a");
        order.ended("a", Duration.ofHours(1), now);

        order.wake("a", now);

        takes("a");
    }

    @Test
    void whileNothingIsDueOneAccountLooksOut() {
        order.wake("a", now);
        order.wake("b", now);
        order.wake("c", now);
        takes("a");
        takes("b");
        takes("c");
        assertThat(order.foundNothing("a", SHORT, now)).isEqualTo(SHORT);
        assertThat(order.foundNothing("b", SHORT, now)).isEqualTo(TurnOrder.LONGEST_WAIT);
        assertThat(order.foundNothing("c", SHORT, now)).isEqualTo(TurnOrder.LONGEST_WAIT);

        for (int look = 0; look < 5; look++) {
            pass(SHORT);
            looksInVain("a");
            takesNone();
        }
    }

    @Test
    void whoFindsWorkLetsTheNextLook() {
        for (String account : new String[] {"a", "b", "c"}) {
            order.wake(account, now);
            looksInVain(account);
        }
        pass(SHORT);
        takes("a");
        takesNone();
        order.foundWork("a", now);
        takes("b");
        takesNone();
        order.foundWork("b", now);
        looksInVain("c");
        order.ended("a", SECOND, now);
        order.ended("b", SECOND, now);

        pass(SECOND);
        takes("a");
        takes("b");
        takesNone();
    }

    @Test
    void anAccountThatDoesNotLookOutAndFindsWorkLetsTheLookoutLook() {
        order.wake("busy", now);
        takes("busy");
        order.wake("a", now);
        looksInVain("a");

        order.foundWork("busy", now);

        takes("a");
    }

    @Test
    void anotherLooksOutWhenTheLookoutMustWaitOrIsGone() {
        for (String account : new String[] {"a", "b", "c"}) {
            order.wake(account, now);
            looksInVain(account);
        }
        pass(SHORT);
        takes("a");
        order.ended("a", Duration.ofHours(1), now);
        looksInVain("b");
        pass(SHORT);
        takes("b");
        order.remove("b", now);
        looksInVain("c");

        takesNone();
    }

    @Test
    void anAccountThatIsGoneTakesNoTurn() {
        order.wake("a", now);
        order.wake("b", now);
        order.remove("a", now);

        takes("b");
        takesNone();
    }

    /** Whatever happens: if accounts are idle one looks out soon, and no account is lost or at two turns. */
    @Test
    void neverForgetsToLookOut() {
        Random random = new Random(7);
        Set<String> atTurn = new HashSet<>();
        for (int number = 0; number < 20; number++) {
            order.wake("account " + number, now);
        }
        for (int step = 0; step < 100_000; step++) {
            pass(Duration.ofMillis(random.nextInt(200)));
            order.take(now).ifPresent(account -> assertThat(atTurn.add(account)).isTrue());
            String any = "account " + random.nextInt(20);
            if (random.nextInt(10) == 0) {
                order.wake(any, now);
            }
            if (atTurn.contains(any)) {
                switch (random.nextInt(4)) {
                    case 0 -> {
                        atTurn.remove(any);
                        order.ended(any, Duration.ofMillis(random.nextInt(3_000)), now);
                    }
                    case 1, 2 -> {
                        atTurn.remove(any);
                        order.foundNothing(any, SHORT, now);
                    }
                    default -> order.foundWork(any, now);
                }
            }
            if (atTurn.isEmpty()) {
                assertThat(order.untilNext(now)).isLessThanOrEqualTo(Duration.ofSeconds(3));
            }
        }
        assertThat(atTurn).hasSizeLessThan(20);
    }
}
