package org.trackerreports.fetcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.InOrder;
import org.trackerreports.core.event.Listeners;
import org.trackerreports.core.lifecycle.StopSignal;
import org.trackerreports.core.pipeline.AnswerStore;
import org.trackerreports.core.pipeline.FetchTarget;
import org.trackerreports.fetcher.event.DaemonListener;
import org.trackerreports.fetcher.event.OutageBegan;
import org.trackerreports.fetcher.spool.Spool;
import org.trackerreports.fetcher.spool.SpooledAnswer;
import org.trackerreports.fetcher.spool.SpooledAnswerReader;
import org.trackerreports.fetcher.spool.SpooledAnswerReader.Decoded;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.testsupport.MovableClock;

class SpoolDrainTest {

    @TempDir
    private Path temporary;

    private final List<OutageBegan> began = new ArrayList<>();
    private final Listeners<DaemonListener> listeners = new Listeners<>(Set.of(new DaemonListener() {
        @Override
        public void outageBegan(OutageBegan event) {
            began.add(event);
        }
    }));
    private final MovableClock clock = new MovableClock(Requests.NOW);
    private final Outages outages = new Outages(listeners, clock);
    private final StopSignal stop = new StopSignal();
    private final AnswerStore store = mock(AnswerStore.class);
    private final SpooledAnswerReader reader = mock(SpooledAnswerReader.class);
    private Spool spool;
    private SpoolDrain drain;

    @BeforeEach
    void keepTwoAnswers() throws IOException {
        spool = Spool.open(temporary.resolve("spool"), "1-a", 1 << 20, listeners, clock);
        drain = new SpoolDrain(spool, reader, store, outages, stop);
        when(reader.decode(any())).thenReturn(new Decoded(Stream.of(), 0));
        when(store.store(anyString(), any(), any(), any(), anyBoolean())).thenReturn(Requests.WRITTEN);
        keep("first");
        keep("second");
    }

    private void keep(String account) throws IOException {
        FetchTarget target = Requests.target(1, 0);
        spool.keep(SpooledAnswer.of(
                account, Requests.plan(List.of(target)), Requests.answer(List.of(target)), Requests.NOW));
        clock.advance(Duration.ofSeconds(1));
    }

    private List<Path> setAside() throws IOException {
        try (Stream<Path> files = Files.list(temporary.resolve("spool").resolve("set-aside"))) {
            return files.toList();
        }
    }

    @Test
    void storesTheOldestAnswerFirst() {
        drain.drain();

        InOrder order = inOrder(store);
        order.verify(store).store(eq("first"), any(), eq(List.of(1L)), eq(Requests.NOW), eq(true));
        order.verify(store).store(eq("second"), any(), eq(List.of(1L)), eq(Requests.NOW), eq(true));
        assertThat(drain.isDone()).isTrue();
    }

    @Test
    void keepsAnswersUntilTheDatabaseIsAvailableAgain() {
        when(store.store(anyString(), any(), any(), any(), anyBoolean()))
                .thenThrow(new StoreException("the database is away", null, true))
                .thenReturn(Requests.WRITTEN);

        drain.drain();
        assertThat(drain.isDone()).isFalse();
        assertThat(began).hasSize(1);
        drain.drain();
        verify(store, times(1)).store(anyString(), any(), any(), any(), anyBoolean());

        clock.advance(outages.database().untilNextAttempt());
        drain.drain();
        assertThat(drain.isDone()).isTrue();
        verify(store, times(2)).store(eq("first"), any(), any(), any(), anyBoolean());
    }

    @Test
    void anAnswerThatTheStoreNeverTakesIsMovedAside() throws IOException {
        when(store.store(eq("first"), any(), any(), any(), anyBoolean()))
                .thenThrow(new StoreException("not valid", null, false));

        drain.drain();

        assertThat(drain.isDone()).isTrue();
        assertThat(setAside()).hasSize(1);
        assertThat(began).isEmpty();
        verify(store).store(eq("second"), any(), any(), any(), anyBoolean());
    }

    @Test
    void anAnswerWithUnreadableKeysIsStoredAsFarAsPossibleAndMovedAside() throws IOException {
        when(reader.decode(any())).thenReturn(new Decoded(Stream.of(), 1), new Decoded(Stream.of(), 0));

        drain.drain();

        verify(store, times(2)).store(anyString(), any(), any(), any(), eq(true));
        assertThat(setAside()).hasSize(1);
        assertThat(drain.isDone()).isTrue();
    }

    @Test
    void storesNothingWhenTheDaemonStops() {
        stop.stop();

        drain.drain();

        verify(store, never()).store(anyString(), any(), any(), any(), anyBoolean());
        assertThat(drain.isDone()).isFalse();
    }
}
