package org.trackerreports.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trackerreports.core.event.BatchStored;
import org.trackerreports.core.event.FetchListener;
import org.trackerreports.core.event.Listeners;
import org.trackerreports.core.pipeline.ReportWriter.Written;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.report.Reports;

class AnswerStoreTest {

    private static final Instant RECEIVED = Instant.parse("2026-03-04T05:06:07Z");
    private static final Written WRITTEN = new Written(1, 1, 0, 0, 0, Map.of(), List.of());
    private static final StoreException AWAY = new StoreException("the database is away", true);

    private final Reports reports = mock(Reports.class);
    private final ReportWriter writer = mock(ReportWriter.class);
    private final FetchListener listener = mock(FetchListener.class);
    private final AnswerStore answers = new AnswerStore(writer, new Listeners<>(Set.of(listener)));

    @BeforeEach
    void openStore() {
        ReportStore store = mock(ReportStore.class);
        when(writer.store()).thenReturn(store);
        when(store.reports()).thenReturn(reports);
        when(writer.write(List.of(), RECEIVED)).thenReturn(WRITTEN);
    }

    @Test
    void notesForWhichTrackersTheServiceAnsweredAndWhen() {
        answers.store("main", Stream.of(List.of()), List.of(7L, 8L), RECEIVED, false);
        verify(reports).answered(List.of(7L, 8L), RECEIVED);
    }

    @Test
    void storesPartByPartAndTellsOnceOfAll() {
        List<DecodedReport> first = List.of(mock(DecodedReport.class));
        List<DecodedReport> second = List.of(mock(DecodedReport.class));
        when(writer.write(first, RECEIVED))
                .thenReturn(new Written(2_000, 1_500, 500, 0, 3, Map.of("coarse", 2), List.of(Duration.ofMinutes(1))));
        when(writer.write(second, RECEIVED))
                .thenReturn(new Written(
                        700, 600, 90, 10, 4, Map.of("coarse", 5, "future", 1), List.of(Duration.ofMinutes(2))));

        Written all = answers.store("main", Stream.of(first, second), List.of(7L), RECEIVED, true);

        assertThat(all)
                .isEqualTo(new Written(
                        2_700,
                        2_100,
                        590,
                        10,
                        7,
                        Map.of("coarse", 7, "future", 1),
                        List.of(Duration.ofMinutes(1), Duration.ofMinutes(2))));
        verify(listener)
                .batchStored(new BatchStored("main", 2_700, 2_100, 590, 7, 10, all.flagged(), all.lags(), true));
        verify(reports).answered(List.of(7L), RECEIVED);
    }

    @Test
    void aNoteThatFailsLosesNoReport() {
        doThrow(AWAY).when(reports).answered(any(), any());
        assertThat(answers.store("main", Stream.of(List.of()), List.of(7L), RECEIVED, false))
                .isEqualTo(WRITTEN);
    }

    @Test
    void notesNothingIfTheReportsAreNotStored() {
        when(writer.write(List.of(), RECEIVED)).thenThrow(AWAY);
        assertThatThrownBy(() -> answers.store("main", Stream.of(List.of()), List.of(7L), RECEIVED, false))
                .isSameAs(AWAY);
        verify(reports, never()).answered(any(), any());
    }
}
