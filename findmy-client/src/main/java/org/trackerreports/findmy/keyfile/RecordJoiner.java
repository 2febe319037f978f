package org.trackerreports.findmy.keyfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.Alignment;
import org.trackerreports.findmy.key.TrackerKeys;

/**
 * Joins the records of one beacon from several files: its secrets, its alignment, and its name. Used once, by one thread.
 */
final class RecordJoiner {

    private final Map<String, Alignment> alignments = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final Set<String> beacons = new HashSet<>();

    private RecordJoiner(List<ParseResult> results) {
        for (ParseResult result : results) {
            beacons.addAll(result.unusableBeacons);
            result.found.forEach(each -> each.identifier().ifPresent(beacons::add));
            result.alignments.forEach(each -> alignments.merge(each.beacon(), each.alignment(), RecordJoiner::newer));
            result.names.forEach(each -> names.putIfAbsent(each.beacon(), each.name()));
        }
    }

    /** Returns one key file for each result, in the same order; trackers with equal names are told apart. */
    static List<KeyFile> join(List<ParseResult> results) {
        RecordJoiner joiner = new RecordJoiner(results);
        return EqualNames.tellApart(results.stream().map(joiner::finish).toList());
    }

    private static Alignment newer(Alignment one, Alignment other) {
        return other.time().isAfter(one.time()) ? other : one;
    }

    private KeyFile finish(ParseResult result) {
        List<NamedKeys> trackers = new ArrayList<>();
        Map<String, Integer> unnamed = new HashMap<>();
        Set<String> shared = sharedFallbackNames(result);
        for (ParseResult.Found each : result.found) {
            Optional<String> own = each.name().or(() -> each.identifier().map(names::get));
            String name = own.orElseGet(() -> shared.contains(each.fallbackName())
                    ? each.fallbackName() + " " + unnamed.merge(each.fallbackName(), 1, Integer::sum)
                    : each.fallbackName());
            trackers.add(new NamedKeys(name, aligned(each), each.identifier(), each.appleDevice()));
        }
        List<KeyFileProblem> problems = new ArrayList<>(result.problems);
        result.alignments.forEach(
                each -> orphan(each.where(), each.beacon(), "an alignment").ifPresent(problems::add));
        result.names.forEach(
                each -> orphan(each.where(), each.beacon(), "a name").ifPresent(problems::add));
        return new KeyFile(result.format(), trackers, problems);
    }

    private static Set<String> sharedFallbackNames(ParseResult result) {
        Set<String> once = new HashSet<>();
        Set<String> shared = new HashSet<>();
        for (ParseResult.Found each : result.found) {
            if (each.name().isEmpty() && !once.add(each.fallbackName())) {
                shared.add(each.fallbackName());
            }
        }
        return shared;
    }

    private TrackerKeys aligned(ParseResult.Found found) {
        Optional<Alignment> known = found.identifier().map(alignments::get);
        return found.keys() instanceof Accessory accessory && known.isPresent()
                ? accessory.withAlignment(accessory.alignment().advancedBy(known.get()))
                : found.keys();
    }

    private Optional<KeyFileProblem> orphan(String where, String beacon, String what) {
        return beacons.contains(beacon)
                ? Optional.empty()
                : Optional.of(new KeyFileProblem(
                        where,
                        "this is only " + what + " for the beacon " + beacon
                                + ", whose OwnedBeacons record is missing; read both together"));
    }
}
