package org.trackerreports.fetcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class BudgetWaitsTest {

    private static final Instant NEXT = Instant.parse("2026-03-01T12:00:00Z");

    private final BudgetWaits waits = new BudgetWaits("main");

    @Test
    void theGapAfterARequestOfItsOwnIsUsual() {
        waits.asked();
        assertThat(waits.budgetAllows(NEXT)).isEmpty();
        assertThat(waits.budgetAllows(NEXT.plusSeconds(5)))
                .as("clocks differ a little")
                .isEmpty();
        waits.over();
        waits.asked();
        assertThat(waits.budgetAllows(NEXT.plusSeconds(300))).as("the next one").isEmpty();
    }

    @Test
    void aWaitWithoutARequestIsToldOnceWithItsEnd() {
        assertThat(waits.budgetAllows(NEXT))
                .contains("Account main: no request before 2026-03-01T12:00:00Z: its budget allows none earlier.");
        assertThat(waits.budgetAllows(NEXT)).as("known").isEmpty();
        assertThat(waits.budgetAllows(NEXT.minusSeconds(60)))
                .as("earlier is no news")
                .isEmpty();
        waits.over();
        assertThat(waits.budgetAllows(NEXT)).as("another wait").isPresent();
    }

    @Test
    void anEndThatMovesSaysWhy() {
        waits.asked();
        assertThat(waits.budgetAllows(NEXT)).isEmpty();
        assertThat(waits.budgetAllows(NEXT.plusSeconds(6)))
                .hasValueSatisfying(told -> assertThat(told)
                        .startsWith("Account main: no request before 2026-03-01T12:00:06Z, later than before:")
                        .contains("another program", "Redis lost it"));
        assertThat(waits.budgetAllows(NEXT.plusSeconds(6))).as("known").isEmpty();
    }
}
