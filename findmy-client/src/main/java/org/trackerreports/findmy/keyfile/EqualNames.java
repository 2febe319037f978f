package org.trackerreports.findmy.keyfile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.key.TrackerKeys;

/**
 * Tells trackers apart that have one name, such as the parts of a set of earbuds, or the tags of two people: the first keeps the name, the
 * others get a number. Counts from file to file, and in each in the order of the identifiers, so that another export gives each of them
 * the same name again. Used once, by one thread.
 */
final class EqualNames {

    private final Set<String> taken = new HashSet<>();
    private final Map<String, List<NamedKeys>> known = new HashMap<>();

    private EqualNames() {}

    static List<KeyFile> tellApart(List<KeyFile> files) {
        EqualNames names = new EqualNames();
        files.forEach(file -> file.trackers().forEach(each -> names.taken.add(each.name())));
        return files.stream()
                .map(file -> new KeyFile(file.format(), names.toldApart(file.trackers()), file.problems()))
                .toList();
    }

    private List<NamedKeys> toldApart(List<NamedKeys> trackers) {
        NamedKeys[] told = trackers.toArray(NamedKeys[]::new);
        IntStream.range(0, told.length)
                .boxed()
                .sorted(Comparator.comparing(at -> told[at].identifier().orElse("")))
                .forEach(at -> told[at] = told[at].renamed(nameOf(told[at])));
        return Arrays.asList(told);
    }

    private String nameOf(NamedKeys tracker) {
        List<NamedKeys> before = known.computeIfAbsent(tracker.name(), unused -> new ArrayList<>());
        for (NamedKeys each : before) {
            if (sameKeys(each.keys(), tracker.keys())) {
                return each.name();
            }
        }
        String name = tracker.name();
        for (int number = before.size() + 1; !before.isEmpty() && taken.contains(name); number++) {
            name = tracker.name() + " " + number;
        }
        taken.add(name);
        before.add(tracker.renamed(name));
        return name;
    }

    private static boolean sameKeys(TrackerKeys one, TrackerKeys other) {
        if (one instanceof Accessory first && other instanceof Accessory second) {
            return first.master().equals(second.master())
                    && Arrays.equals(first.primarySecret(), second.primarySecret());
        }
        return one.equals(other);
    }
}
