package org.trackerreports.fetcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.core.event.Listeners;
import org.trackerreports.core.pipeline.AnswerStore;
import org.trackerreports.core.pipeline.FetchTarget;
import org.trackerreports.core.pipeline.ReportDecoder;
import org.trackerreports.core.pipeline.ReportWriter.Written;
import org.trackerreports.fetcher.event.DaemonListener;
import org.trackerreports.fetcher.spool.Spool;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.testsupport.Directories;
import org.trackerreports.testsupport.MovableClock;

class AnswerSinkTest {

    private static final StoreException AWAY = new StoreException("the database is away", null, true);

    @TempDir
    private Path temporary;

    private final MovableClock clock = new MovableClock(Requests.NOW);
    private final Listeners<DaemonListener> listeners = new Listeners<>(Set.of());
    private final Outages outages = new Outages(listeners, clock);
    private final AnswerStore store = mock(AnswerStore.class);
    private final ReportDecoder decoder = mock(ReportDecoder.class);
    private final FetchTarget target = Requests.target(1, 0);
    private final List<Duration> pauses = new ArrayList<>();
    private Spool spool;

    @BeforeEach
    void openSpool() throws IOException {
        spool = Spool.open(temporary.resolve("spool"), "1-a", 1 << 20, listeners, clock);
    }

    /** Takes an answer with one report. */
    private Optional<Written> take(Predicate<Duration> pause) {
        AnswerSink sink = new AnswerSink(decoder, store, spool, outages, duration -> {
            pauses.add(duration);
            return pause.test(duration);
        });
        return sink.take("main", Requests.plan(List.of(target)), Requests.answer(List.of(target)), Requests.NOW);
    }

    private void breakTheDisk() {
        Directories.delete(temporary.resolve("spool"));
    }

    @Test
    void storesAnAnswerInTheDatabase() {
        when(store.store(anyString(), any(), any(), any(), anyBoolean())).thenReturn(Requests.WRITTEN);

        assertThat(take(pause -> true)).contains(Requests.WRITTEN);

        verify(store).store(eq("main"), any(), eq(List.of(1L)), eq(Requests.NOW), eq(false));
        assertThat(spool.isEmpty()).isTrue();
        assertThat(pauses).isEmpty();
    }

    @Test
    void keepsAnAnswerOnDiskWhileTheDatabaseIsUnavailable() {
        when(store.store(anyString(), any(), any(), any(), anyBoolean())).thenThrow(AWAY);

        assertThat(take(pause -> true)).isEmpty();

        assertThat(spool.oldest().orElseThrow().answer().trackers())
                .singleElement()
                .satisfies(kept -> assertThat(kept.trackerId()).isEqualTo(1));
        assertThat(outages.database().untilNextAttempt()).isPositive();
        assertThat(pauses).isEmpty();
    }

    @Test
    void notesNoAnswerWhileEarlierOnesWaitOnDisk() {
        when(store.store(anyString(), any(), any(), any(), anyBoolean()))
                .thenThrow(AWAY)
                .thenReturn(Requests.WRITTEN);

        take(pause -> true);
        take(pause -> true);

        verify(store).store(eq("main"), any(), eq(List.of()), eq(Requests.NOW), eq(false));
    }

    @Test
    void holdsAnAnswerInMemoryWhileTheDiskFailsToo() {
        when(store.store(anyString(), any(), any(), any(), anyBoolean()))
                .thenThrow(AWAY)
                .thenThrow(AWAY)
                .thenReturn(Requests.WRITTEN);
        breakTheDisk();

        assertThat(take(pause -> true)).contains(Requests.WRITTEN);

        assertThat(pauses).hasSize(2);
    }

    @Test
    void givesUpAnAnswerThatNobodyTakesOnlyWhenTheDaemonStops() {
        when(store.store(anyString(), any(), any(), any(), anyBoolean())).thenThrow(AWAY);
        breakTheDisk();

        assertThat(take(pause -> pauses.size() < 3)).isEmpty();

        assertThat(pauses).hasSize(3);
    }

    @Test
    void hasRoomUntilTheSpoolIsFull() throws IOException {
        when(store.store(anyString(), any(), any(), any(), anyBoolean())).thenThrow(AWAY);
        spool = Spool.open(temporary.resolve("small"), "1-a", 1, listeners, clock);
        AnswerSink sink = new AnswerSink(decoder, store, spool, outages, pause -> true);
        assertThat(sink.hasRoom()).isTrue();

        take(pause -> true);

        assertThat(sink.hasRoom()).isFalse();
    }
}
