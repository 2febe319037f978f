package org.trackerreports.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.fetch.RequestGate.Granted;
import org.trackerreports.findmy.fetch.RequestGate.MustWait;
import org.trackerreports.queue.BudgetDecision;
import org.trackerreports.queue.QueueUnavailableException;
import org.trackerreports.store.error.StoreException;

class SharedRequestGateTest {

    private final AccountBudget budget = mock(AccountBudget.class);
    private final AccountStates states = mock(AccountStates.class);
    private final AppleAccountDigest account = AppleAccountDigest.ofName("owner@example.com");
    private final SharedRequestGate gate = new SharedRequestGate("main", account, true, budget, states);
    private final QueueUnavailableException redisIsAway = mock(QueueUnavailableException.class);
    private final StoreException databaseIsAway = mock(StoreException.class);

    @Test
    void theBudgetDecides() {
        when(budget.acquire(account, true)).thenReturn(new BudgetDecision.Granted());
        assertThat(gate.acquire()).isEqualTo(new Granted());
        when(budget.acquire(account, true)).thenReturn(new BudgetDecision.Denied(Duration.ofMinutes(5)));
        assertThat(gate.acquire())
                .isEqualTo(new MustWait(Duration.ofMinutes(5), "the budget of account main is used up for now"));
    }

    @Test
    void withoutRedisNothingIsGranted() {
        when(budget.acquire(account, true)).thenThrow(redisIsAway);
        assertThatThrownBy(gate::acquire).isSameAs(redisIsAway);
    }

    @Test
    void onlyAnAnswerEndsTheCoolDownOfTheAccount() {
        gate.completed(false);
        verify(budget).completed(account);
        verify(states, never()).answered("main");
        gate.completed(true);
        verify(states).answered("main");
    }

    @Test
    void anOutageAfterTheRequestDoesNotLoseItsAnswer() {
        doThrow(redisIsAway).when(budget).completed(account);
        doThrow(databaseIsAway).when(states).answered("main");
        assertThatCode(() -> gate.completed(true)).doesNotThrowAnyException();
    }

    @Test
    void aCoolDownIsRecordedForEverybodyWithItsReason() {
        gate.coolDown(Duration.ofHours(1), "HTTP 503");
        verify(budget).coolDown(account, Duration.ofHours(1));
        verify(states).coolDown("main", Duration.ofHours(1), "HTTP 503");
    }

    @Test
    void aCoolDownIsStoredEvenIfRedisIsAway() {
        doThrow(redisIsAway).when(budget).coolDown(account, Duration.ofHours(1));
        assertThatThrownBy(() -> gate.coolDown(Duration.ofHours(1), "HTTP 503")).isSameAs(redisIsAway);
        verify(states).coolDown("main", Duration.ofHours(1), "HTTP 503");
    }
}
