package org.trackerreports.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.api.RScript;
import org.redisson.client.codec.StringCodec;

/** Whatever is done in whatever order, each id is in one place only, and what belongs together agrees. */
class RandomOperationsTest extends QueueFixture {

    private static final int IDS = 12;
    private static final int OPERATIONS = 400;
    private static final List<String> PLACES = List.of("due", "leased", "paused", "parked");

    private final List<Lease> leases = new ArrayList<>();
    private final Map<String, byte[]> older = new HashMap<>();
    private final Set<String> seen = new HashSet<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void everyIdIsInOnePlace(long seed) {
        Random random = new Random(seed);
        queue = queue(settings.toBuilder().parkAfterFailures(1).build());
        queue.initialiseIfEmpty(() -> all().map(QueueEntry::of));
        Map<String, Integer> done = new HashMap<>();
        for (int i = 0; i < OPERATIONS; i++) {
            String what = operate(random);
            done.merge(what, 1, Integer::sum);
            assertConsistent("seed " + seed + ", operation " + i + ", " + what);
        }
        assertThat(done).hasSizeGreaterThan(15);
        assertThat(seen).as("places in which ids were").containsAll(PLACES);
    }

    private static Stream<String> all() {
        return IntStream.range(0, IDS).mapToObj(i -> "id" + i);
    }

    private static List<String> some(Random random) {
        return all().filter(id -> random.nextInt(5) == 0).toList();
    }

    private String operate(Random random) {
        WorkerId worker = random.nextBoolean() ? ANNE : BERT;
        List<Lease> own = leases.stream().filter(lease -> random.nextBoolean()).toList();
        leases.removeAll(own);
        int operation = random.nextInt(22);
        switch (operation) {
            case 0, 1, 2, 3 -> leases.addAll(queue.claim(worker, 1 + random.nextInt(6)));
            case 4 -> {
                queue.extend(own);
                leases.addAll(own);
            }
            case 5 -> queue.complete(own, random.nextBoolean() ? Completion.FOUND : Completion.NOTHING_FOUND);
            case 6, 7, 8 -> queue.fail(own, "why", Fault.TRACKER);
            case 9 -> queue.fail(own, "why", Fault.NOT_THE_TRACKER);
            case 10 -> queue.release(own);
            case 11 -> queue.heartbeat(worker);
            case 12 -> queue.reclaim();
            case 13 -> queue.leave(worker);
            case 14 -> queue.requeueNow(some(random));
            case 15 -> queue.requeueAllNow();
            case 16 -> queue.pause(some(random));
            case 17 -> queue.resume(some(random));
            case 18 -> queue.remove(some(random));
            case 19 -> queue.reconcile(() -> all().map(id -> new QueueEntry(id, 1 + random.nextInt(3))));
            case 20 ->
                queue.reconcileChanges(some(random).stream().map(QueueEntry::of).toList(), Set.of("id99"));
            default -> goBackInTimeOrRemember(random);
        }
        time.pass(Duration.ofSeconds(random.nextInt(4) == 0 ? random.nextInt(7200) : random.nextInt(9)));
        return String.valueOf(operation);
    }

    /** What a failover that lost the latest writes does: all keys are as they were, and the server is another. */
    private void goBackInTimeOrRemember(Random random) {
        if (older.isEmpty() || random.nextInt(3) > 0) {
            older.clear();
            queueKeys().forEach(key -> older.put(key, redisson.getBucket(key).dump()));
            return;
        }
        queueKeys().forEach(key -> redisson.getKeys().delete(key));
        older.forEach((key, dump) -> redisson.getBucket(key).restore(dump));
        redisson.getMap("{test}:meta", StringCodec.INSTANCE).put("server", "another" + random.nextInt());
        older.clear();
    }

    private List<String> queueKeys() {
        return redisson.getKeys()
                .getKeysStream()
                .filter(key -> key.startsWith("{test}:"))
                .toList();
    }

    private void assertConsistent(String when) {
        Set<Object> ids = redisson.<Object, Object>getMap("{test}:records", StringCodec.INSTANCE)
                .keySet();
        List<Object> placed = new ArrayList<>();
        PLACES.forEach(place -> placed.addAll(members(place)));
        assertThat(placed).as(when).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(ids);

        Set<Object> failing = new HashSet<>();
        List<Object> held = new ArrayList<>();
        for (Object id : ids) {
            QueuedId details = queue.details((String) id).orElseThrow();
            if (details.consecutiveFailures() > 0) {
                failing.add(id);
            }
            details.worker().ifPresent(worker -> held.add(worker + "\n" + id));
            String place = details.state() == QueuedId.State.WAITING
                    ? "due"
                    : details.state().name().toLowerCase(Locale.ROOT);
            assertThat(members(place)).as(when).contains(id);
            seen.add(place);
        }
        assertThat(members("failing")).as(when).isEqualTo(failing);
        assertThat(heldByClaims()).as(when).containsExactlyInAnyOrderElementsOf(held);
    }

    /** For each lease its worker and its id. */
    private List<Object> heldByClaims() {
        return redisson.getScript(StringCodec.INSTANCE)
                .eval(RScript.Mode.READ_ONLY, """
                        local leases = {}
                        for _, entry in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
                          local worker, packed = string.match(entry, '^([^\\n]*)\\n%d+\\n(.*)$')
                          for _, id in ipairs(cmsgpack.unpack(packed)) do
                            leases[#leases + 1] = worker .. '\\n' .. id
                          end
                        end
                        return leases
                        """, RScript.ReturnType.LIST, List.of("{test}:held"));
    }

    private Set<Object> members(String set) {
        Collection<Object> members = redisson.<Object>getScoredSortedSet("{test}:" + set, StringCodec.INSTANCE)
                .readAll();
        return new HashSet<>(members);
    }
}
