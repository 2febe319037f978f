package org.trackerreports.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.trackerreports.core.pipeline.ReportWriter.Written;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.Alignment;
import org.trackerreports.findmy.key.HashedAdvertisementKey;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.key.StaticKeys;
import org.trackerreports.findmy.report.EncryptedReport;
import org.trackerreports.findmy.report.LocationReport;
import org.trackerreports.findmy.report.ReportFlag;
import org.trackerreports.findmy.report.Undecryptable;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.city.CityFinder;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.report.InsertResult;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.ReportOutcome;
import org.trackerreports.store.report.Reports;
import org.trackerreports.store.tracker.AlignmentUpdate;
import org.trackerreports.testsupport.MovableClock;

class ReportWriterTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final Instant PAIRED = NOW.minus(Duration.ofDays(30));
    private static final Duration HISTORY = Duration.ofDays(7);
    private static final long EPOCH_2001 = 978_307_200L;

    private final Reports reports = mock(Reports.class);
    private final ReportStore store = mock(ReportStore.class);
    private final MovableClock clock = new MovableClock(NOW);
    private final CityFinder cities = (latitude, longitude) -> Optional.empty();
    private final ReportWriter writer = new ReportWriter(store, cities, HISTORY, clock);
    private final PrivateTrackerKey key = PrivateTrackerKey.generate(new SecureRandom());
    private final FetchTarget tracker = new FetchTarget(7, "bike", new StaticKeys(List.of(key)), 0);
    private final ArgumentCaptor<List<NewReport>> rows = ArgumentCaptor.captor();
    private final ArgumentCaptor<List<AlignmentUpdate>> alignments = ArgumentCaptor.captor();

    @BeforeEach
    void prepare() {
        when(store.reports()).thenReturn(reports);
    }

    private void results(ReportOutcome... outcomes) {
        when(reports.insert(rows.capture(), alignments.capture()))
                .thenReturn(new InsertResult(Arrays.asList(outcomes)));
    }

    private static EncryptedReport encrypted(HashedAdvertisementKey key, Instant time) {
        ByteBuffer payload = ByteBuffer.allocate(88);
        payload.putInt((int) (time.getEpochSecond() - EPOCH_2001));
        return new EncryptedReport(key, payload.array());
    }

    private static DecodedReport located(
            FetchTarget target, HashedAdvertisementKey key, Instant time, ReportFlag... flags) {
        return new DecodedReport(
                target, new LocationReport(encrypted(key, time), time, 52.5, 13.4, 20, 2, 64, Set.of(flags)));
    }

    private DecodedReport located(Instant time, ReportFlag... flags) {
        return located(tracker, key.hashed(), time, flags);
    }

    @Test
    void storesReportsWithTheirTrackerAndTheTimeTheyWereReceived() {
        results(new ReportOutcome.New());

        Written written = writer.write(List.of(located(NOW.minusSeconds(90))));

        NewReport row = rows.getValue().get(0);
        assertThat(row.trackerId()).isEqualTo(OptionalLong.of(7));
        assertThat(row.hashedAdvKey()).isEqualTo(key.hashed().base64());
        assertThat(row.timestamp()).isEqualTo(NOW.minusSeconds(90));
        assertThat(row.receivedAt()).isEqualTo(NOW);
        assertThat(row.content().confidence()).isEqualTo(2);
        assertThat(written.received()).isEqualTo(1);
        assertThat(written.stored()).isEqualTo(1);
        assertThat(alignments.getValue()).isEmpty();
    }

    @Test
    void countsByOutcomeAndReportsTheLagOfNewReportsOnly() {
        results(new ReportOutcome.New(), new ReportOutcome.Duplicate(), new ReportOutcome.Refused("too large"));

        Written written = writer.write(
                List.of(located(NOW.minusSeconds(90)), located(NOW.minusSeconds(80)), located(NOW.minusSeconds(70))));

        assertThat(written.stored()).isEqualTo(1);
        assertThat(written.duplicates()).isEqualTo(1);
        assertThat(written.refused()).isEqualTo(1);
        assertThat(written.lags()).containsExactly(Duration.ofSeconds(90));
    }

    @Test
    void storesManyReportsInSeveralTransactions() {
        when(reports.insert(rows.capture(), any()))
                .thenAnswer(call -> new InsertResult(
                        Collections.nCopies(call.<List<NewReport>>getArgument(0).size(), new ReportOutcome.New())));
        List<DecodedReport> received = IntStream.rangeClosed(1, 4_500)
                .mapToObj(seconds -> located(NOW.minusSeconds(seconds)))
                .toList();

        Written written = writer.write(received);

        assertThat(rows.getAllValues().stream().map(List::size)).containsExactly(2_000, 2_000, 500);
        assertThat(rows.getAllValues().stream().flatMap(List::stream).map(NewReport::timestamp))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 4_500)
                        .mapToObj(NOW::minusSeconds)
                        .toList());
        assertThat(written.received()).isEqualTo(4_500);
        assertThat(written.stored()).isEqualTo(4_500);
        assertThat(written.lags()).hasSize(4_500);
    }

    @Test
    void leavesOutReportsThatWereTooOldWhenTheyWereReceived() {
        results(new ReportOutcome.New());
        Instant received = NOW.minus(Duration.ofDays(2));

        Written written = writer.write(
                List.of(located(received.minus(HISTORY).minusSeconds(1)), located(received.minus(HISTORY))), received);

        assertThat(rows.getValue())
                .singleElement()
                .satisfies(row -> assertThat(row.timestamp()).isEqualTo(received.minus(HISTORY)));
        assertThat(written.received()).isEqualTo(2);
    }

    @Test
    void writesNothingIfThereIsNothingToStore() {
        Written written = writer.write(List.of());

        assertThat(written.received()).isZero();
        verify(reports, never()).insert(any(), any());
    }

    @Test
    void keepsReportsThatCannotBeDecrypted() {
        results(new ReportOutcome.New());
        DecodedReport report = new DecodedReport(
                tracker,
                new Undecryptable(
                        encrypted(key.hashed(), NOW.minusSeconds(5)), Undecryptable.Reason.INVALID_POINT, "made up"));

        Written written = writer.write(List.of(report));

        assertThat(written.undecryptable()).isEqualTo(1);
        assertThat(rows.getValue().get(0).content().position()).isEmpty();
        assertThat(rows.getValue().get(0).payload()).isPresent();
    }

    @Test
    void keepsThePayloadAndTheFlagOfAPlaceThatIsNotOnEarthButNoPosition() {
        results(new ReportOutcome.New());
        Instant seen = NOW.minusSeconds(5);
        LocationReport place = new LocationReport(
                encrypted(key.hashed(), seen),
                seen,
                52.5,
                180.0000001,
                20,
                2,
                64,
                Set.of(ReportFlag.COORDINATES_OUT_OF_RANGE));

        Written written = writer.write(List.of(new DecodedReport(tracker, place)));

        NewReport row = rows.getValue().get(0);
        assertThat(row.content().position()).isEmpty();
        assertThat(row.content().flags()).containsExactly("COORDINATES_OUT_OF_RANGE");
        assertThat(row.content().undecryptableReason()).isEmpty();
        assertThat(row.content().confidence()).isEqualTo(2);
        assertThat(row.payload()).isPresent();
        assertThat(written.undecryptable()).isZero();
        assertThat(written.flagged()).isEqualTo(Map.of("COORDINATES_OUT_OF_RANGE", 1));
    }

    @Test
    void countsFlags() {
        results(new ReportOutcome.New(), new ReportOutcome.New());

        Written written = writer.write(
                List.of(located(NOW, ReportFlag.NULL_ISLAND), located(NOW, ReportFlag.NULL_ISLAND, ReportFlag.FUTURE)));

        assertThat(written.flagged()).isEqualTo(Map.of("NULL_ISLAND", 2, "FUTURE", 1));
    }

    @Test
    void storesTheAlignmentOfAnAccessoryInTheSameTransaction() {
        results(new ReportOutcome.New());
        byte[] secret = new byte[32];
        Accessory accessory = Accessory.of(
                key, secret, secret, PAIRED, Optional.of(new Alignment(NOW.minus(Duration.ofHours(1)), 1_000)));
        FetchTarget target = new FetchTarget(9, "bag", accessory, 0);
        HashedAdvertisementKey seen =
                accessory.keysBetween(NOW, NOW, 256).group(0).primary().get(0).hashed();

        writer.write(List.of(located(target, seen, NOW)));

        assertThat(alignments.getValue())
                .singleElement()
                .satisfies(update -> assertThat(update.trackerId()).isEqualTo(9));
    }

    @Test
    void passesAnOutageOn() {
        when(reports.insert(any(), any())).thenThrow(new StoreException("the database is away", null, true));

        assertThatThrownBy(() -> writer.write(List.of(located(NOW)))).isInstanceOf(StoreException.class);
    }
}
