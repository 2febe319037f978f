package org.trackerreports.store.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trackerreports.store.server.StoreFixture.NOW;
import static org.trackerreports.store.server.StoreFixture.newKey;
import static org.trackerreports.store.server.StoreFixture.report;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.feed.Feed;
import org.trackerreports.store.history.GeoBox;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.store.history.ReportPlace;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.store.server.OnEveryServer;
import org.trackerreports.store.server.ServerKind;

@ParameterizedClass
@EnumSource(ServerKind.class)
class TrackerViewsTest extends OnEveryServer {

    private static final TrackerSelection LISTED = TrackerSelection.of(Map.of("set", "listed"));

    /** As a program without the master key has it. */
    private TrackerViews views() {
        return ReportStore.openWithoutSecrets(fixture.dataSource(), Clock.fixed(NOW, ZoneOffset.UTC))
                .views();
    }

    private long add(String name, Map<String, String> labels, String... keys) {
        long id = fixture.addTracker(name, keys);
        fixture.store.trackers().changeLabels(id, labels, List.of());
        return id;
    }

    @Test
    void listsTrackersInBothOrdersPageByPage() {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String key = newKey();
            ids.add(add("listed " + i, Map.of("set", "listed"), key));
            if (i != 3) {
                fixture.insert(report(key, NOW.minus(Duration.ofHours(i % 3)), 50 + i, 10));
            }
        }

        List<TrackerView> byName = new ArrayList<>();
        for (List<TrackerView> page = views().list(LISTED, new TrackerOrder.ByName(""), 2);
                !page.isEmpty();
                page = views().list(
                                LISTED,
                                new TrackerOrder.ByName(
                                        page.get(page.size() - 1).name()),
                                2)) {
            byName.addAll(page);
        }
        assertThat(byName).extracting(TrackerView::id).containsExactlyElementsOf(ids);
        assertThat(byName.get(4).position().orElseThrow().latitude()).isEqualTo(54);
        assertThat(byName.get(3).position()).isEmpty();
        assertThat(byName.get(0).labels()).containsEntry("set", "listed");

        List<Long> newest = new ArrayList<>();
        Optional<TrackerOrder.Newest.Place> after = Optional.empty();
        for (int i = 0; i < 5; i++) {
            TrackerView next =
                    views().list(LISTED, new TrackerOrder.Newest(after), 1).get(0);
            newest.add(next.id());
            after = Optional.of(
                    new TrackerOrder.Newest.Place(next.position().map(position -> position.timestamp()), next.id()));
        }
        assertThat(newest).containsExactly(ids.get(0), ids.get(4), ids.get(1), ids.get(2), ids.get(3));
        assertThat(views().list(LISTED, new TrackerOrder.Newest(after), 1)).isEmpty();
        assertThat(views().count(LISTED)).isEqualTo(5);
    }

    @Test
    void findsATrackerOnlyWithItsLabels() {
        long id = add("found", Map.of("a", "1", "b", "2"));

        assertThat(views().find(id, Map.of())).isPresent();
        assertThat(views().find(id, Map.of("a", "1"))).isPresent();
        assertThat(views().find(id, Map.of("a", "2"))).isEmpty();
        assertThat(views().findAll(List.of(id, 999_999L)))
                .extracting(TrackerView::id)
                .containsExactly(id);
    }

    @Test
    void searchesTextAsItIs() {
        add("100%_sure\\", Map.of("set", "search"));
        add("100 and sure", Map.of("set", "search"));

        assertThat(names("100%_SURE\\")).containsExactly("100%_sure\\");
        assertThat(names("SURE")).hasSize(2);
        assertThat(names("search")).hasSize(2);
    }

    private List<String> names(String text) {
        return views()
                .list(new TrackerSelection(Map.of("set", "search"), text), new TrackerOrder.ByName(""), 10)
                .stream()
                .map(TrackerView::name)
                .toList();
    }

    @Test
    void findsPositionsInABoxAndCountsLabels() {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String key = newKey();
            ids.add(add("boxed " + i, Map.of("set", "boxed"), key));
            fixture.insert(report(key, NOW.minus(Duration.ofHours(i)), -20 - i, 170 + i * 3));
        }
        TrackerSelection boxed = TrackerSelection.of(Map.of("set", "boxed"));

        assertThat(views().in(new GeoBox(-30, 172, -10, -174), boxed, 10)).hasSize(3);
        assertThat(views().in(new GeoBox(-90, -180, 90, 180), boxed, 10)).hasSize(4);
        assertThat(views().in(new GeoBox(-90, -180, 90, 180), boxed, 3)).hasSize(3);
        fixture.store.trackers().changeLabels(ids.get(0), Map.of("alone", "1", "other", "2"), List.of());
        List<LabelCount> first = views().labels(boxed, Optional.empty(), 2);
        assertThat(first).containsExactly(new LabelCount("set", "boxed", 4), new LabelCount("alone", "1", 1));
        assertThat(views().labels(boxed, Optional.of(first.get(0)), 1)).containsExactly(first.get(1));
        assertThat(views().labels(boxed, Optional.of(first.get(1)), 2))
                .containsExactly(new LabelCount("other", "2", 1));
    }

    @Test
    void tellsAllPositionsAndThenThoseThatChanged() {
        Taken taken = new Taken();
        String key = newKey();
        long moved = fixture.addTracker("moved", key);
        long removed = fixture.addTracker("removed later");
        assertThat(views().allPositions(1, taken)).as("nobody judges").isEmpty();
        beJudge();
        position(moved, 10, 20);
        position(removed, -10.5, -20.25);
        assertThat(views().allPositions(3, taken)).as("too few").isEmpty();
        assertThat(taken.told).isEmpty();

        PositionsRead all = views().allPositions(2, taken).orElseThrow();
        assertThat(taken.told)
                .containsExactly(Map.entry(moved, "10.0 20.0 " + NOW), Map.entry(removed, "-10.5 -20.25 " + NOW));

        taken.told.clear();
        fixture.insert(report(key, NOW.minusSeconds(10), 11, 21));
        assertThat(views().changedPositions(all, taken)).as("not judged yet").hasValue(all);
        assertThat(taken.told).isEmpty();
        position(moved, 11, 21);
        beJudge();
        PositionsRead next = views().changedPositions(all, taken).orElseThrow();
        assertThat(taken.told).containsExactly(Map.entry(moved, "11.0 21.0 " + NOW));
        assertThat(next.position()).isGreaterThan(all.position());

        taken.told.clear();
        fixture.store.trackers().remove(removed, true);
        views().changedPositions(next, taken);
        assertThat(taken.told).as("at once").containsExactly(Map.entry(removed, "none"));
        assertThat(views().changedPositions(new PositionsRead(next.position() + 100), taken))
                .isEmpty();

        fixture.store.feed().forget(Feed.JUDGE);
        fixture.execute("DELETE FROM latest_positions");
        assertThat(views().changedPositions(next, taken)).as("nobody judges").isEmpty();
    }

    /** Gives positions in the feed, and claims that everything up to its end is judged. */
    private void beJudge() {
        fixture.store.feed().number();
        fixture.store.feed().reset(Feed.JUDGE, fixture.store.feed().end());
        fixture.execute("UPDATE feed_cursors SET owner = 'test', heard_at = now()");
    }

    private void position(long tracker, double latitude, double longitude) {
        fixture.execute(
                "INSERT INTO latest_positions (tracker_id, \"timestamp\", digest, hashed_adv_key, location, confidence, received_at)"
                        + " VALUES (" + tracker + ", '" + NOW
                        + "', '00000000-0000-0000-0000-000000000000', 'key', location_of(" + latitude
                        + ", " + longitude
                        + "), 2, now()) ON CONFLICT (tracker_id) DO UPDATE SET location = EXCLUDED.location");
    }

    private static final class Taken implements PositionTaker {

        private final Map<Long, String> told = new TreeMap<>();

        @Override
        public void isAt(long trackerId, double latitude, double longitude, Instant time) {
            assertThat(told.put(trackerId, latitude + " " + longitude + " " + time))
                    .isNull();
        }

        @Override
        public void hasNone(long trackerId) {
            assertThat(told.put(trackerId, "none")).isNull();
        }
    }

    @Test
    void theVersionChangesWithEveryChange() {
        Set<String> versions = new HashSet<>();
        versions.add(views().version());
        assertThat(views().version()).isIn(versions);
        long id = add("versioned", Map.of());
        assertThat(versions.add(views().version())).isTrue();
        fixture.store.feed().number();
        assertThat(versions.add(views().version())).isTrue();
        fixture.store.trackers().rename(id, "versioned again");
        assertThat(versions.add(views().version())).isTrue();
        fixture.store.trackers().remove(id, true);
        assertThat(versions.add(views().version())).isTrue();
    }

    @Test
    void readsPayloadsOfKeysNewestFirst() {
        String one = newKey();
        String other = newKey();
        add("payloads", Map.of("set", "payloads"), one);
        add("other payloads", Map.of(), other);
        fixture.insert(
                report(one, NOW.minusSeconds(300), 50, 10),
                report(one, NOW.minusSeconds(200), 51, 10),
                report(other, NOW.minusSeconds(250), 52, 10));

        assertThat(views().payloads(List.of(one, other, newKey()), Map.of(), Instant.EPOCH, 10))
                .extracting(KeyPayload::timestamp)
                .containsExactly(NOW.minusSeconds(200), NOW.minusSeconds(250), NOW.minusSeconds(300));
        assertThat(views().payloads(List.of(one, one, other), Map.of("set", "payloads"), Instant.EPOCH, 1))
                .extracting(KeyPayload::hashedAdvKey)
                .containsExactly(one);
        assertThat(views().payloads(List.of(one), Map.of(), NOW.minusSeconds(200), 10))
                .isEmpty();
    }

    @Test
    void pagesOfReportsSkipAndRepeatNothing() {
        String key = newKey();
        String second = newKey();
        long id = fixture.addTracker("paged", key, second);
        List<NewReport> reports = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            // Three at each time, two of them of the same key.
            reports.add(report(i % 3 == 0 ? key : second, NOW.minusSeconds(i / 3), 50 + i, 10));
        }
        fixture.insert(reports.toArray(NewReport[]::new));
        HistoryQuery query = HistoryQuery.of(id, NOW.minusSeconds(60), NOW.plusSeconds(60));

        List<StoredReport> all = new ArrayList<>();
        Optional<ReportPlace> after = Optional.empty();
        for (int i = 0; i < 5; i++) {
            List<StoredReport> page = fixture.store.history().reportPage(query, after, 2);
            all.addAll(page);
            after = Optional.of(ReportPlace.of(page.get(page.size() - 1)));
        }
        assertThat(all).hasSize(9).doesNotHaveDuplicates();
        assertThat(all).isSortedAccordingTo(Comparator.comparing(StoredReport::timestamp));
        assertThat(fixture.store.history().reportPage(query, after, 2)).isEmpty();
    }
}
