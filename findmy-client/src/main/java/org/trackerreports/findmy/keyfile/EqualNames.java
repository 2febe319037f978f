package org.trackerreports.findmy.keyfile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.TrackerKeys;

/**
 * Tells trackers of one file apart that have one name, such as the parts of a set of earbuds: the first keeps the name, the others get a
 * number. Counts in the order of the identifiers, so that another export gives each of them the same name again.
 */
final class EqualNames {

    private EqualNames() {}

    static List<NamedKeys> tellApart(List<NamedKeys> trackers) {
        Set<String> taken = new HashSet<>();
        trackers.forEach(each -> taken.add(each.name()));
        if (taken.size() == trackers.size()) {
            return trackers;
        }
        NamedKeys[] told = trackers.toArray(NamedKeys[]::new);
        Map<String, List<NamedKeys>> known = new LinkedHashMap<>();
        IntStream.range(0, told.length)
                .boxed()
                .sorted(Comparator.comparing(at -> told[at].identifier().orElse("")))
                .forEach(at -> told[at] = toldApart(told[at], known, taken));
        return Arrays.asList(told);
    }

    private static NamedKeys toldApart(NamedKeys tracker, Map<String, List<NamedKeys>> known, Set<String> taken) {
        List<NamedKeys> before = known.getOrDefault(tracker.name(), List.of());
        for (NamedKeys each : before) {
            if (sameKeys(each.keys(), tracker.keys())) {
                return new NamedKeys(each.name(), tracker.keys(), tracker.identifier());
            }
        }
        String name = tracker.name();
        for (int number = before.size() + 1; !before.isEmpty() && taken.contains(name); number++) {
            name = tracker.name() + " " + number;
        }
        taken.add(name);
        NamedKeys named = new NamedKeys(name, tracker.keys(), tracker.identifier());
        known.computeIfAbsent(tracker.name(), unused -> new ArrayList<>()).add(named);
        return named;
    }

    private static boolean sameKeys(TrackerKeys one, TrackerKeys other) {
        if (one instanceof Accessory first && other instanceof Accessory second) {
            return first.master().equals(second.master())
                    && Arrays.equals(first.primarySecret(), second.primarySecret());
        }
        return one.equals(other);
    }
}
