package org.trackerreports.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trackerreports.store.server.StoreFixture.KEY;
import static org.trackerreports.store.server.StoreFixture.NOW;
import static org.trackerreports.store.server.StoreFixture.newKey;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.trackerreports.store.account.Account;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.store.account.SaveOutcome;
import org.trackerreports.store.city.City;
import org.trackerreports.store.error.MissingMasterKeyException;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.error.WrongMasterKeyException;
import org.trackerreports.store.history.HistoryBucket;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.Payload;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.ReportContent;
import org.trackerreports.store.report.ReportSelection;
import org.trackerreports.store.report.Reviser;
import org.trackerreports.store.report.RevisionResult;
import org.trackerreports.store.secret.MasterKey;
import org.trackerreports.store.secret.RotationResult;
import org.trackerreports.store.secret.Secret;
import org.trackerreports.store.server.OnEveryServer;
import org.trackerreports.store.server.ServerKind;
import org.trackerreports.store.server.StoreFixture;
import org.trackerreports.store.tracker.NewTracker;

/** Ordered, because another master key changes the whole database. */
@ParameterizedClass
@EnumSource(ServerKind.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MaintenanceTest extends OnEveryServer {

    private static final Instant SEEN = NOW.minus(Duration.ofHours(30));
    private static final String UNDECRYPTABLE_KEY = newKey();

    @Test
    @Order(1)
    void decodesStoredPayloadsAgain() {
        long tracker = fixture.addTracker("again");
        List<NewReport> reports = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            reports.add(undecryptable(tracker, SEEN.plusSeconds(i), (byte) (i % 7)));
        }
        fixture.store.reports().insert(reports, List.of());
        // A payload that begins with 3 cannot be decoded, one with 4 gives nonsense, one with 5 is still refused.
        Reviser decoder = stored -> switch (first(stored.payload())) {
            case 3 -> throw new IllegalStateException("secret detail");
            case 4 -> decoded(new Position(100, 0), Optional.empty());
            case 5 -> stored.content();
            default -> decoded(new Position(first(stored.payload()), 8), Optional.empty());
        };

        ReportSelection undecryptable = ReportSelection.all(ReportSelection.Which.UNDECRYPTABLE);
        assertThat(fixture.store.reports().count(undecryptable)).isEqualTo(2_500);
        List<Long> progress = new ArrayList<>();
        RevisionResult result =
                fixture.store.reports().revise(undecryptable, decoder, soFar -> progress.add(soFar.examined()));

        long threes = count(reports, 3);
        long fours = count(reports, 4);
        long fives = count(reports, 5);
        assertThat(result.examined()).isEqualTo(2_500);
        assertThat(progress).containsExactly(1_000L, 2_000L, 2_500L);
        assertThat(result.changed()).isEqualTo(2_500 - threes - fours - fives);
        assertThat(result.failures()).containsValues(threes, fours).hasSize(2);
        assertThat(result.toString()).doesNotContain("secret detail");
        fixture.store.history().refresh();
        HistoryQuery query = HistoryQuery.of(tracker, SEEN, SEEN.plus(Duration.ofHours(2)));
        assertThat(fixture.store.history().reports(query)).hasSize((int) result.changed());
        assertThat(fixture.store.history().hours(query).stream()
                        .mapToLong(HistoryBucket::reportCount)
                        .sum())
                .isEqualTo(result.changed());
        assertThat(fixture.store.reports().revise(undecryptable, decoder).changed())
                .isZero();
    }

    @Test
    @Order(2)
    void namesCitiesOfOlderReports() {
        String key = newKey();
        long tracker = fixture.addTracker("city", key);
        fixture.execute(
                "INSERT INTO location_reports (hashed_adv_key, timestamp, location, confidence, horizontal_accuracy,"
                        + " nearest_city) VALUES ('" + key + "', '" + SEEN
                        + "', ST_GeomFromText('POINT(13.4 52.5)', 4326), 2, 5, NULL)");
        ReportSelection selection =
                new ReportSelection(ReportSelection.Which.WITHOUT_CITY, Set.of(tracker), SEEN, SEEN.plusSeconds(1));
        assertThat(fixture.store.reports().count(selection)).isEqualTo(1);

        RevisionResult result = fixture.store
                .reports()
                .nameCities(selection, (latitude, longitude) -> Optional.of(new City("At " + latitude, "DE", 1)));

        assertThat(result).isEqualTo(new RevisionResult(1, 1, Map.of()));
        assertThat(fixture.store.history().latest(List.of(tracker)).get(0).nearestCity())
                .contains("At 52.5, DE");
    }

    @Test
    @Order(3)
    void changesTheMasterKeyWhileOthersWork() {
        List<NewTracker> many = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            many.add(StoreFixture.tracker("rotated " + i));
        }
        fixture.store.trackers().add(many);
        Account account = ((SaveOutcome.Saved) fixture.store.accounts().save(withSecrets("rotated"))).account();
        MasterKey newKey = MasterKey.random();
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

        ReportStore both = ReportStore.open(fixture.dataSource(), newKey, List.of(KEY), clock);
        assertThat(both.accounts().find("rotated")).contains(account);
        RotationResult preview = both.previewRotation();
        List<RotationResult> progress = new ArrayList<>();
        RotationResult result = both.rotateSecrets(progress::add);

        assertThat(result.trackers()).isGreaterThanOrEqualTo(1_200);
        assertThat(result.accounts()).isEqualTo(1);
        assertThat(result.retiredKeys()).isEqualTo(1);
        assertThat(preview).isEqualTo(result);
        assertThat(both.previewRotation()).isEqualTo(new RotationResult(0, 0, 0));
        assertThat(progress)
                .hasSizeGreaterThan(3)
                .extracting(RotationResult::trackers)
                .contains(500L, 1_000L, result.trackers())
                .isSorted();
        ReportStore renewed = ReportStore.open(fixture.dataSource(), newKey, clock);
        assertThat(renewed.trackers().find("rotated 77").orElseThrow().keyMaterial())
                .isEqualTo(many.get(77).keyMaterial());
        assertThat(renewed.accounts().find("rotated")).contains(account);
        assertThatThrownBy(() -> ReportStore.open(fixture.dataSource(), KEY, clock))
                .isInstanceOf(WrongMasterKeyException.class);
        assertThatThrownBy(() -> fixture.addTracker("written under a retired key"))
                .isInstanceOf(StoreException.class);
    }

    /** Looks through every text and byte of every table, which is what a dump would show. */
    @Test
    @Order(2)
    void opensWithoutTheMasterKeyForWhoeverNeedsNoSecret() {
        long tracker = fixture.addTracker("without secrets", newKey());
        ReportStore store = ReportStore.openWithoutSecrets(fixture.dataSource(), Clock.fixed(NOW, ZoneOffset.UTC));

        assertThat(store.history().counts(NOW).enabledTrackers()).isPositive();
        assertThat(store.feed().number()).isPositive();
        assertThat(store.judging().backlog().lag().events()).isPositive();
        assertThatThrownBy(() -> store.trackers().find(tracker))
                .isInstanceOf(MissingMasterKeyException.class)
                .hasMessageContaining("master key");
        assertThatThrownBy(() -> store.trackers().add(List.of(StoreFixture.tracker("refused", newKey()))))
                .isInstanceOf(MissingMasterKeyException.class);
        assertThat(fixture.store.trackers().find("refused")).isEmpty();
    }

    @Test
    @Order(4)
    void hasNoSecretInAnyTable() {
        String secret = "material of rotated 77";
        for (List<String> table : fixture.query("SELECT format('%I.%I', table_schema, table_name), table_name"
                + " FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema = 'public'")) {
            List<List<String>> rows = fixture.query("SELECT t::text FROM " + table.get(0) + " t");
            for (List<String> row : rows) {
                for (String needle : List.of(secret, "the session", "the password")) {
                    assertThat(row.get(0).contains(needle)
                                    || row.get(0).contains(HexFormat.of().formatHex(needle.getBytes())))
                            .as("table %s", table.get(1))
                            .isFalse();
                }
            }
        }
        assertThat(fixture.query("SELECT count(*) FROM trackers WHERE name = 'rotated 77'"))
                .containsExactly(List.of("1"));
    }

    @Test
    @Order(5)
    void hasNoSecretInADump() {
        Optional<String> dump = fixture.dump();
        Assumptions.assumeTrue(dump.isPresent(), "no pg_dump for this server");

        assertThat(dump.get()).contains("rotated 77", "COPY public.trackers");
        for (String needle : List.of("material of rotated 77", "the session", "the password")) {
            assertThat(dump.get()).doesNotContain(needle, HexFormat.of().formatHex(needle.getBytes()));
        }
    }

    private static Account withSecrets(String alias) {
        return Account.create(alias)
                .withState(AccountState.READY)
                .withSession(Optional.of(Secret.ofText("the session")))
                .withPassword(Optional.of(Secret.ofText("the password")));
    }

    private static ReportContent decoded(Position position, Optional<String> reason) {
        return new ReportContent(
                Optional.of(position), 3, OptionalDouble.of(9), OptionalInt.of(1), Optional.empty(), Set.of(), reason);
    }

    private static byte first(Optional<Payload> payload) {
        return payload.orElseThrow().bytes()[0];
    }

    private static long count(List<NewReport> reports, int first) {
        return reports.stream()
                .filter(report -> first(report.payload()) == first)
                .count();
    }

    private static NewReport undecryptable(long tracker, Instant time, byte first) {
        return new NewReport(
                OptionalLong.of(tracker),
                UNDECRYPTABLE_KEY,
                time,
                ReportContent.undecryptable("authentication tag mismatch"),
                Optional.of(Payload.of(new byte[] {first, 1, 2})),
                NOW);
    }
}
