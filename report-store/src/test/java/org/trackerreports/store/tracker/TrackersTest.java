package org.trackerreports.store.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trackerreports.store.server.StoreFixture.NOW;
import static org.trackerreports.store.server.StoreFixture.newKey;
import static org.trackerreports.store.server.StoreFixture.report;
import static org.trackerreports.store.server.StoreFixture.tracker;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.store.secret.Secret;
import org.trackerreports.store.server.OnEveryServer;
import org.trackerreports.store.server.ServerKind;

@ParameterizedClass
@EnumSource(ServerKind.class)
class TrackersTest extends OnEveryServer {

    private static final ChangeOutcome CHANGED = new ChangeOutcome.Changed();

    private Trackers trackers;

    @BeforeParameterizedClassInvocation
    void openPart() {
        trackers = fixture.store.trackers();
    }

    @Test
    void readsBackWhatWasAdded() {
        Alignment alignment = new Alignment(NOW, 12);
        NewTracker bike = new NewTracker(
                "bike",
                "accessory",
                Secret.of(new byte[] {0, 1, 2}),
                Map.of("client", "a\"b"),
                List.of(),
                Optional.of(alignment));

        AddOutcome outcome = trackers.add(List.of(bike)).get(0);

        Tracker stored = trackers.find("bike").orElseThrow();
        assertThat(outcome).isEqualTo(new AddOutcome.Added(stored.id()));
        assertThat(stored.kind()).isEqualTo("accessory");
        assertThat(stored.keyMaterial().bytes()).containsExactly(0, 1, 2);
        assertThat(stored.labels()).containsExactly(Map.entry("client", "a\"b"));
        assertThat(stored.alignment()).contains(alignment);
        assertThat(stored.enabled()).isTrue();
        assertThat(stored.toString()).doesNotContain("0, 1, 2");
        assertThat(trackers.find(stored.id())).contains(stored);
        assertThat(trackers.list(Map.of("client", "a\"b"))).containsExactly(stored);
    }

    @Test
    void judgesEachTrackerOfAnImportAlone() {
        String key = newKey();
        String own = newKey();
        trackers.add(List.of(tracker("first", key)));

        List<NewTracker> given = List.of(
                tracker("first", key),
                tracker("first", newKey()),
                tracker("second", key),
                tracker(" "),
                tracker("third", "not a hash"),
                tracker("fourth", own),
                tracker("fourth", newKey()),
                tracker("fifth", own));
        List<AddOutcome> previewed = trackers.previewAdd(given);
        assertThat(trackers.find("fourth")).isEmpty();
        List<AddOutcome> outcomes = trackers.add(given);

        assertThat(previewed).hasSameSizeAs(outcomes);
        for (int number = 0; number < outcomes.size(); number++) {
            if (outcomes.get(number).kind() == AddOutcome.Kind.ADDED) {
                assertThat(previewed.get(number)).isEqualTo(new AddOutcome.Added(0));
            } else {
                assertThat(previewed.get(number)).isEqualTo(outcomes.get(number));
            }
        }

        assertThat(outcomes.get(0)).isInstanceOf(AddOutcome.AlreadyThere.class);
        assertThat(outcomes.get(1).toString()).contains("a tracker with other keys has this name");
        assertThat(outcomes.get(2).toString()).contains("belongs to tracker first");
        assertThat(outcomes.get(3).toString()).contains("1 to 200 characters");
        assertThat(outcomes.get(4).toString()).contains("hashed key 1 is not standard base64");
        assertThat(outcomes.get(5)).isInstanceOf(AddOutcome.Added.class);
        assertThat(outcomes.get(6).toString()).contains("occurs twice in this import (items 6 and 7)");
        assertThat(outcomes.get(7).toString()).contains("belongs to tracker fourth, earlier in this import");
    }

    private static NewTracker accessory(String name, String key, Alignment alignment) {
        return new NewTracker(
                name, "accessory", Secret.ofText(name + alignment), Map.of(), List.of(key), Optional.of(alignment));
    }

    @Test
    void knowsAnAccessoryAgainByItsKeysAndMovesItsAlignmentForwardOnly() {
        String key = newKey();
        Alignment first = new Alignment(NOW, 100);
        Alignment second = new Alignment(NOW.plusSeconds(3600), 104);
        Alignment third = new Alignment(NOW.plusSeconds(7200), 108);
        Alignment lower = new Alignment(NOW.plusSeconds(9000), 90);
        long id = ((AddOutcome.Added)
                        trackers.add(List.of(accessory("bag", key, first))).get(0))
                .id();
        trackers.registerKeys(id, List.of(newKey()));

        assertThat(trackers.previewAdd(List.of(accessory("bag", key, second))))
                .containsExactly(new AddOutcome.AlreadyThere(id, Optional.of(second)));
        assertThat(trackers.find(id).orElseThrow().alignment()).contains(first);
        assertThat(trackers.add(List.of(
                        accessory("bag", key, third),
                        accessory("bag", key, second),
                        accessory("bag", key, lower),
                        accessory("sack", key, third))))
                .satisfies(outcomes -> {
                    assertThat(outcomes.get(0)).isEqualTo(new AddOutcome.AlreadyThere(id, Optional.of(third)));
                    assertThat(outcomes.get(2)).isEqualTo(new AddOutcome.AlreadyThere(id, Optional.empty()));
                    assertThat(outcomes.get(3).toString()).contains("belongs to tracker bag");
                });
        assertThat(trackers.find(id).orElseThrow().alignment()).contains(third);
    }

    @Test
    void findsANameInEveryFormOfItsLetters() throws Exception {
        String composed = "Schl\u00fcssel";
        String decomposed = "Schlu\u0308ssel";
        String key = newKey();
        long id = ((AddOutcome.Added)
                        trackers.add(List.of(tracker(decomposed, key))).get(0))
                .id();

        assertThat(trackers.find(id).orElseThrow().name()).isEqualTo(composed);
        assertThat(trackers.find(decomposed)).isPresent();
        assertThat(trackers.add(List.of(tracker(composed, key))).get(0)).isInstanceOf(AddOutcome.AlreadyThere.class);
        long other = fixture.addTracker("bag of " + decomposed);
        assertThat(trackers.rename(other, decomposed).toString()).contains("another tracker has this name");

        // As version 0.1.0 stored it.
        fixture.execute("UPDATE trackers SET name = '" + decomposed + "' WHERE id = " + id);
        assertThat(trackers.find(composed).orElseThrow().id()).isEqualTo(id);
        assertThat(trackers.add(List.of(tracker(composed, key))).get(0)).isInstanceOf(AddOutcome.AlreadyThere.class);
        assertThat(trackers.rename(id, composed)).isEqualTo(CHANGED);
    }

    @Test
    void findsALabelInEveryFormOfItsLetters() throws Exception {
        Map<String, String> composed = Map.of("k\u00fcrzel", "M\u00fcller");
        Map<String, String> decomposed = Map.of("ku\u0308rzel", "Mu\u0308ller");
        long id = fixture.addTracker("labelled");
        trackers.changeLabels(id, decomposed, List.of());
        assertThat(trackers.find(id).orElseThrow().labels()).isEqualTo(composed);

        // As version 0.1.0 stored it.
        fixture.execute("UPDATE trackers SET labels = '{\"ku\u0308rzel\": \"Mu\u0308ller\"}' WHERE id = " + id);
        for (Map<String, String> labels : List.of(composed, decomposed)) {
            assertThat(trackers.list(labels)).extracting(Tracker::id).containsExactly(id);
            assertThat(fixture.store.history().latest(labels)).isEmpty();
        }
        trackers.changeLabels(id, Map.of("k\u00fcrzel", "other"), List.of());
        assertThat(trackers.find(id).orElseThrow().labels()).isEqualTo(Map.of("k\u00fcrzel", "other"));
        fixture.execute("UPDATE trackers SET labels = '{\"ku\u0308rzel\": \"\"}' WHERE id = " + id);
        trackers.changeLabels(id, Map.of(), List.of("k\u00fcrzel"));
        assertThat(trackers.find(id).orElseThrow().labels()).isEmpty();
    }

    @Test
    void takesTheNewerAlignmentOfAnAccessoryThatComesTwice() {
        String key = newKey();
        Alignment older = new Alignment(NOW, 7);
        Alignment newer = new Alignment(NOW.plusSeconds(3600), 11);

        trackers.add(List.of(
                accessory("twice", key, older), accessory("twice", key, newer), accessory("twice", key, older)));

        assertThat(trackers.find("twice").orElseThrow().alignment()).contains(newer);
    }

    @Test
    void tellsChangesSinceAnInstant() {
        Instant start = trackers.changedSince(Instant.EPOCH).next();
        long enabled = fixture.addTracker("stays");
        long disabled = fixture.addTracker("rests");
        long removed = fixture.addTracker("goes");
        trackers.setEnabled(disabled, false);
        trackers.remove(removed, true);

        assertThat(trackers.changedSince(start).changes())
                .contains(
                        new TrackerChanges.Change(enabled, TrackerChanges.State.ENABLED),
                        new TrackerChanges.Change(disabled, TrackerChanges.State.DISABLED),
                        new TrackerChanges.Change(removed, TrackerChanges.State.REMOVED));
        List<Long> ids = new ArrayList<>();
        trackers.forEachEnabledId(ids::add);
        assertThat(ids).contains(enabled).doesNotContain(disabled, removed).isSorted();
    }

    @Test
    void changesNameAndLabels() {
        long id = fixture.addTracker("before");
        fixture.addTracker("taken");

        assertThat(trackers.rename(id, "taken").toString()).contains("another tracker has this name");
        assertThat(trackers.rename(id, "a\nb").toString()).contains("1 to 200 characters");
        assertThat(trackers.rename(id, "before")).as("its own name").isEqualTo(CHANGED);
        assertThat(trackers.rename(id, "after")).isEqualTo(CHANGED);
        assertThat(trackers.changeLabels(id, Map.of("colour", "red", "client", "a"), List.of()))
                .isEqualTo(CHANGED);
        assertThat(trackers.changeLabels(id, Map.of("colour", "blue"), List.of("client", "never there")))
                .isEqualTo(CHANGED);
        assertThat(trackers.changeLabels(id, Map.of("colour", "a\0b"), List.of())
                        .toString())
                .contains("label colour");

        assertThat(trackers.find("before")).isEmpty();
        assertThat(trackers.find("after").orElseThrow().labels()).containsExactly(Map.entry("colour", "blue"));
        assertThat(trackers.setEnabled(999_999, true)).isEqualTo(new ChangeOutcome.Unknown());
        List<String> names = new ArrayList<>();
        trackers.forEachName(names::add);
        assertThat(names).contains("after", "taken").doesNotContain("before");
    }

    @Test
    void refusesALabelThatTheDatabaseCannotHoldAndStoresTheOthers() {
        NewTracker bad = new NewTracker(
                "bad label",
                "static",
                Secret.ofText("x"),
                Map.of("client", "half \ud800"),
                List.of(),
                Optional.empty());

        List<AddOutcome> outcomes = trackers.add(List.of(bad, tracker("good neighbour")));

        assertThat(outcomes.get(0).toString()).contains("label client");
        assertThat(outcomes.get(1)).isInstanceOf(AddOutcome.Added.class);
    }

    @Test
    void replacesKeysAndKeepsTheReports() {
        String before = newKey();
        String both = newKey();
        String after = newKey();
        String others = newKey();
        fixture.addTracker("neighbour", others);
        long id = fixture.addTracker("new keys", before, both);
        fixture.insert(report(before, NOW.minusSeconds(60), 1, 2), report(after, NOW.minusSeconds(30), 3, 4));
        Instant start = trackers.changedSince(Instant.EPOCH).next();
        Secret material = Secret.ofText("other material");
        Optional<Alignment> alignment = Optional.of(new Alignment(NOW, 7));

        assertThat(trackers.replaceKeys(id, new TrackerKeys("list", material, List.of(after, others), Optional.empty()))
                        .toString())
                .contains("belongs to the tracker with id");
        assertThat(trackers.hashedKeys(id)).containsExactlyInAnyOrder(before, both);
        TrackerKeys keys = new TrackerKeys("list", material, List.of(both, after, after), alignment);
        assertThat(trackers.replaceKeys(id, keys)).isEqualTo(CHANGED);

        Tracker changed = trackers.find(id).orElseThrow();
        assertThat(changed.kind()).isEqualTo("list");
        assertThat(changed.keyMaterial()).isEqualTo(material);
        assertThat(changed.alignment()).isEqualTo(alignment);
        assertThat(trackers.hashedKeys(id)).containsExactlyInAnyOrder(both, after);
        assertThat(trackers.findByKey(after)).contains(changed);
        assertThat(trackers.findByKey(before)).isEmpty();
        assertThat(trackers.changedSince(start).changes())
                .contains(new TrackerChanges.Change(id, TrackerChanges.State.ENABLED));
        assertThat(fixture.store.history().reports(HistoryQuery.of(id, NOW.minusSeconds(90), NOW)))
                .as("its reports, and the one that waited for the new key's owner")
                .hasSize(2);
        assertThat(trackers.replaceKeys(999_999, new TrackerKeys("list", material, List.of(), Optional.empty())))
                .isEqualTo(new ChangeOutcome.Unknown());

        trackers.remove(id, false);
        long next = fixture.addTracker("owner of the former key", before);
        assertThat(fixture.store.history().latest(List.of(next)))
                .as("reports of a key that was replaced wait for its next owner, too")
                .hasSize(1);
    }

    @Test
    void removesATrackerWithItsReportsOrLeavesThemToTheNextOwnerOfTheKey() {
        String key = newKey();
        long first = fixture.addTracker("owner", key);
        fixture.insert(report(key, NOW.minusSeconds(60), 1, 2));

        assertThat(trackers.remove(first, false)).isTrue();
        long second = fixture.addTracker("owner", key);
        assertThat(fixture.store.history().latest(List.of(second))).hasSize(1);

        assertThat(trackers.remove(second, true)).isTrue();
        assertThat(fixture.query("SELECT 1 FROM location_reports WHERE hashed_adv_key = '" + key + "'"))
                .isEmpty();
        assertThat(trackers.remove(second, true)).isFalse();
    }

    @Test
    void registersKeysAndLeavesThoseOfOthers() {
        String taken = newKey();
        String free = newKey();
        fixture.addTracker("holder", taken);
        long id = fixture.addTracker("roller");

        assertThat(trackers.registerKeys(id, List.of(taken, free, free))).isEqualTo(1);
        assertThat(trackers.findByKey(free).orElseThrow().id()).isEqualTo(id);
        assertThat(trackers.findByKey(taken).orElseThrow().name()).isEqualTo("holder");
    }
}
