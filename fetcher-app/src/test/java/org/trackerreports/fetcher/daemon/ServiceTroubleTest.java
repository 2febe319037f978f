package org.trackerreports.fetcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.trackerreports.core.account.AccountBudget;
import org.trackerreports.core.account.AccountStates;
import org.trackerreports.findmy.fetch.FetchOutcome;

class ServiceTroubleTest {

    private final AccountBudget budget = mock(AccountBudget.class);
    private final AccountStates states = mock(AccountStates.class);
    private final ServiceTrouble trouble = new ServiceTrouble("main", budget, states);

    @Test
    void theAccountRestsLongerEachTimeUpToALimit() {
        for (int failure = 0; failure < 12; failure++) {
            trouble.met(new FetchOutcome.ServiceError(503));
        }
        List<Duration> rests = rests();
        // 30 s doubled each time, give or take a fifth, up to two hours.
        assertThat(rests.get(0)).isBetween(Duration.ofSeconds(24), Duration.ofSeconds(36));
        assertThat(rests.get(1)).isBetween(Duration.ofSeconds(48), Duration.ofSeconds(72));
        assertThat(rests.get(4)).isBetween(Duration.ofSeconds(384), Duration.ofSeconds(576));
        assertThat(rests.get(11)).isBetween(Duration.ofMinutes(96), Duration.ofHours(2));
    }

    @Test
    void anAnswerBeginsAnew() {
        trouble.met(new FetchOutcome.EmptyAnswer());
        trouble.met(new FetchOutcome.EmptyAnswer());
        trouble.over();
        trouble.met(new FetchOutcome.EmptyAnswer());
        assertThat(rests().get(2)).isBetween(Duration.ofSeconds(24), Duration.ofSeconds(36));
    }

    @Test
    void theServicesOwnWishIsTheLeast() {
        trouble.met(new FetchOutcome.TooManyRequests(Optional.of(Duration.ofHours(6))));
        trouble.met(new FetchOutcome.TooManyRequests(Optional.empty()));
        assertThat(rests().get(0)).isEqualTo(Duration.ofHours(6));
        assertThat(rests().get(1)).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void aRefusalIsNotRepeatedSoon() {
        trouble.met(new FetchOutcome.Refused("HTTP 403"));
        assertThat(rests().get(0)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void theRestIsToldToEverybodyWithItsReason() {
        trouble.met(new FetchOutcome.ServiceError(503));
        Duration rest = rests().get(0);
        verify(states).rest("main", rest, "the service is out of order (HTTP 503)");
        trouble.over();
        verify(states).answered("main");
    }

    private List<Duration> rests() {
        ArgumentCaptor<Duration> captor = ArgumentCaptor.forClass(Duration.class);
        verify(budget, atLeastOnce()).rest(eq("main"), captor.capture());
        return captor.getAllValues();
    }
}
