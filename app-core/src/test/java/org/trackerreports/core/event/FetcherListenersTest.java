package org.trackerreports.core.event;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trackerreports.core.event.TurnEnded.Work;

class FetcherListenersTest {

    @Test
    void aListenerThatThrowsHurtsNeitherTheWorkNorTheOthers() {
        FetcherListener bad = mock(FetcherListener.class);
        FetcherListener good = mock(FetcherListener.class);
        doThrow(new IllegalStateException("made up")).when(bad).turnEnded(any());
        TurnEnded turn = new TurnEnded("main", Work.NOTHING_DUE, Duration.ofSeconds(1));
        FetcherListeners both = new FetcherListeners(new LinkedHashSet<>(List.of(bad, good)));
        assertThatCode(() -> both.turnEnded(turn)).doesNotThrowAnyException();
        verify(good).turnEnded(turn);
    }
}
