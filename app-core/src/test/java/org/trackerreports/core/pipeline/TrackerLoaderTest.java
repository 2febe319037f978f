package org.trackerreports.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trackerreports.core.pipeline.TrackerLoader.Loaded;
import org.trackerreports.findmy.key.HashedAdvertisementKey;
import org.trackerreports.findmy.key.StaticKeys;
import org.trackerreports.queue.Lease;
import org.trackerreports.queue.WorkerId;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.secret.Secret;
import org.trackerreports.store.tracker.Alignment;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.store.tracker.Trackers;

/** With the made-up keys of the protocol's vectors. */
class TrackerLoaderTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String ONE = "be56073c49bf5a9d6982e8f2041c95715a59e33e99702eb65e17d82a";
    private static final String OTHER = "2465fc3cf58f47cd13fbc72eb0e1519b6b1ef6bc354b726e94eb21f3";

    /** Enough for a tracker with two keys, but not for another one beside. */
    private static final int MOST_BYTES = 300;

    private final Trackers trackers = mock(Trackers.class);
    private final ReportStore store = mock(ReportStore.class);
    private final TrackerLoader loader = new TrackerLoader(store, new KnownTargets(MOST_BYTES));

    @BeforeEach
    void aStore() {
        when(store.trackers()).thenReturn(trackers);
    }

    private static Tracker withKeys(long id, String... scalars) {
        String material = "{\"type\": \"custom_rolling_key_accessory\", \"name\": \"Van\", \"identifier\": \"4711\","
                + " \"private_keys\": [\"" + String.join("\", \"", scalars) + "\"]}";
        return new Tracker(id, "Vän 🚐", "list", Secret.ofText(material), Map.of(), true, Optional.empty(), NOW, NOW);
    }

    private static Tracker accessory(long id) {
        String material = "{\"type\": \"accessory\", \"master_key\": \"" + ONE + "\", \"skn\": \"" + "11".repeat(32)
                + "\", \"sks\": \"" + "22".repeat(32) + "\", \"paired_at\": \"2026-01-01T00:00:00+00:00\","
                + " \"name\": \"Bag\", \"model\": null, \"identifier\": \"1\"}";
        Optional<Alignment> alignment = Optional.of(new Alignment(NOW, 4));
        return new Tracker(id, "Bag", "accessory", Secret.ofText(material), Map.of(), true, alignment, NOW, NOW);
    }

    private void stored(Tracker... stored) {
        when(trackers.findAll(any())).thenReturn(List.of(stored));
    }

    private static Lease lease(long id, int consecutiveEmpty) {
        return new Lease(Long.toString(id), new WorkerId("w"), 1, NOW.plusSeconds(600), NOW, 1, 0, consecutiveEmpty, 1);
    }

    private FetchTarget load(long id, int consecutiveEmpty) {
        Loaded loaded = loader.load(List.of(lease(id, consecutiveEmpty)));
        return loaded.targets().values().iterator().next();
    }

    private static List<HashedAdvertisementKey> hashed(FetchTarget target) {
        return ((StaticKeys) target.keys())
                .keys().stream().map(key -> key.hashed()).toList();
    }

    @Test
    void readsStaticKeysOnceAndTakesTheRestFromTheLease() {
        stored(withKeys(1, ONE));
        FetchTarget first = load(1, 0);
        FetchTarget second = load(1, 3);

        assertThat(hashed(second)).isEqualTo(hashed(first)).hasSize(1);
        assertThat(second.consecutiveEmpty()).isEqualTo(3);
        verify(trackers).findAll(List.of(1L));
    }

    @Test
    void remembersTheWholeTracker() {
        stored(withKeys(7, ONE, OTHER));
        FetchTarget read = load(7, 0);
        FetchTarget remembered = load(7, 0);

        assertThat(remembered).isEqualTo(read);
        assertThat(remembered.name()).isEqualTo("Vän 🚐");
        assertThat(((StaticKeys) remembered.keys()).keys())
                .extracting(key -> HexFormat.of().formatHex(key.secretBytes()))
                .containsExactly(ONE, OTHER);
        verify(trackers).findAll(List.of(7L));
    }

    @Test
    void readsAgainWhatIsToBeForgotten() {
        stored(withKeys(1, ONE));
        FetchTarget before = load(1, 0);
        stored(withKeys(1, OTHER));

        loader.forget(List.of(1L));
        FetchTarget after = load(1, 0);
        loader.forgetAll();
        load(1, 0);

        assertThat(hashed(after)).isNotEqualTo(hashed(before));
        verify(trackers, times(3)).findAll(List.of(1L));
    }

    @Test
    void doesNotRememberWhatChangedWhileItWasRead() {
        when(trackers.findAll(any())).thenAnswer(call -> {
            loader.forget(List.of(1L));
            return List.of(withKeys(1, ONE));
        });
        load(1, 0);
        load(1, 0);

        verify(trackers, times(2)).findAll(List.of(1L));
    }

    @Test
    void readsAnAccessoryEachTimeBecauseItsAlignmentMoves() {
        stored(accessory(1));
        load(1, 0);
        load(1, 0);

        verify(trackers, times(2)).findAll(List.of(1L));
    }

    @Test
    void remembersNoMoreThanItMayAndAsksForTheOthersAlone() {
        stored(withKeys(1, ONE), withKeys(2, ONE, OTHER));
        loader.load(List.of(lease(1, 0), lease(2, 0)));
        stored(withKeys(2, ONE, OTHER));
        Loaded loaded = loader.load(List.of(lease(1, 0), lease(2, 0)));

        assertThat(loaded.targets().keySet()).extracting(Lease::id).containsExactly("1", "2");
        verify(trackers).findAll(List.of(1L, 2L));
        verify(trackers).findAll(List.of(2L));

        loader.forget(List.of(1L));
        load(2, 0);
        load(2, 0);
        verify(trackers, times(2)).findAll(List.of(2L));
    }

    @Test
    void asksTheStoreForNothingIfNothingIsMissing() {
        assertThat(loader.load(List.of()).targets()).isEmpty();
        verify(trackers, never()).findAll(any());
    }
}
