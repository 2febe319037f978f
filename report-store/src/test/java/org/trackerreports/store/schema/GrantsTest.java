package org.trackerreports.store.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trackerreports.store.server.StoreFixture.NOW;
import static org.trackerreports.store.server.StoreFixture.newKey;
import static org.trackerreports.store.server.StoreFixture.report;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.Schema;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.feed.Feed;
import org.trackerreports.store.feed.FeedPlace;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.store.movement.Judge;
import org.trackerreports.store.movement.JudgedReport;
import org.trackerreports.store.movement.JudgingResult;
import org.trackerreports.store.movement.JudgingSettings;
import org.trackerreports.store.movement.PlaceJudgement;
import org.trackerreports.store.movement.PlaceWindow;
import org.trackerreports.store.movement.ReportWindow;
import org.trackerreports.store.movement.WindowJudgement;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.store.server.AsRole;
import org.trackerreports.store.server.OnEveryServer;
import org.trackerreports.store.server.ServerKind;
import org.trackerreports.store.tracker.ChangeOutcome;
import org.trackerreports.store.view.TrackerOrder;
import org.trackerreports.store.view.TrackerSelection;
import org.trackerreports.store.view.TrackerView;

/** A role with the rights for its purpose does its work on every kind of server: on some, reports are in chunks and hours in materialized views. */
@ParameterizedClass
@EnumSource(ServerKind.class)
class GrantsTest extends OnEveryServer {

    private ReportStore as(DatabasePurpose purpose) {
        String role = "grants_" + purpose;
        // Roles belong to the server, which other databases use as well.
        fixture.execute("DO $$ BEGIN CREATE ROLE " + role + "; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
        Schema.grant(fixture.dataSource(), role, purpose);
        return ReportStore.openWithoutSecrets(AsRole.of(fixture.dataSource(), role), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void eachRoleDoesItsWorkAndNoMore() {
        String key = newKey();
        long id = fixture.addTracker("seen", key);
        Instant seen = NOW.minus(Duration.ofHours(3));
        fixture.insert(report(key, seen, 52, 13), report(key, seen.plusSeconds(60), 89, 13));
        fixture.store.history().refresh();
        ReportStore move = as(DatabasePurpose.MOVE);
        ReportStore serve = as(DatabasePurpose.SERVE);
        ReportStore deliver = as(DatabasePurpose.DELIVER);

        JudgingResult judged =
                move.judging().step(new Northern(), new JudgingSettings("test", 100, 2, Duration.ofDays(9)));
        assertThat(judged.failed()).isEmpty();
        assertThat(judged.flags()).containsEntry("SPEED", 1);
        assertThat(move.judging().findSilent(Duration.ofDays(1))).isZero();
        // The owner's refresh: what changed for the hours was noted with the rights of the role.
        fixture.store.history().refresh();

        HistoryQuery day = HistoryQuery.of(id, NOW.minus(Duration.ofDays(1)), NOW);
        assertThat(serve.history().reports(day)).hasSize(1);
        assertThat(serve.history().hours(day)).hasSize(1);
        assertThat(serve.history().days(day, 1)).hasSize(1);
        assertThat(serve.history().coverage(day, Duration.ofHours(1)).reportCount())
                .isEqualTo(1);
        assertThat(serve.views().list(TrackerSelection.of(Map.of()), new TrackerOrder.ByName(""), 5))
                .extracting(TrackerView::name)
                .containsExactly("seen");
        assertThat(serve.trackers().rename(id, "renamed").kind()).isEqualTo(ChangeOutcome.Kind.CHANGED);
        assertThat(serve.feed().read(FeedPlace.BEGINNING, 10)).isNotNull();

        assertThat(deliver.feed().claim("sink test", "test", Duration.ofMinutes(1), FeedPlace.BEGINNING))
                .isPresent();
        deliver.feed().forget("sink test");

        assertThatThrownBy(() -> serve.feed().forget(Feed.JUDGE)).isInstanceOf(StoreException.class);
        fixture.insert(report(key, seen.plusSeconds(120), 52, 13));
        assertThatThrownBy(() ->
                        deliver.judging().step(new Northern(), new JudgingSettings("test", 100, 2, Duration.ofDays(9))))
                .isInstanceOf(StoreException.class);
        for (ReportStore each : List.of(move, serve, deliver)) {
            assertThatThrownBy(() -> each.accounts().list())
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("42501");
        }
    }

    /** Finds wrong what is far in the north. */
    private static final class Northern implements Judge {

        @Override
        public WindowJudgement judge(ReportWindow window) {
            return new WindowJudgement(
                    window.reports().stream()
                            .map(report -> new JudgedReport(
                                    report,
                                    report.content().position().orElseThrow().latitude() > 80
                                            ? Set.of("SPEED")
                                            : Set.of(),
                                    Set.of()))
                            .toList(),
                    false,
                    false,
                    true,
                    Optional.empty());
        }

        @Override
        public PlaceJudgement transitions(PlaceWindow window) {
            return new PlaceJudgement(List.of(), "{}", Optional.empty());
        }

        @Override
        public Optional<String> battery(StoredReport report) {
            return Optional.empty();
        }
    }
}
