package org.trackerreports.movement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * The sightings of a stretch, those together that corroborate each other: near in time, and with overlapping circles of accuracy, directly
 * or through others. Douglas et al. 2012 call it redundancy.
 */
final class Groups {

    /**
     * Sightings that are judged together.
     *
     * @param members in event order
     * @param isBeyondDoubt whether one of them is
     * @param best the member with the smallest accuracy
     */
    record Group(int[] members, boolean isBeyondDoubt, int best) {

        int first() {
            return members[0];
        }

        int last() {
            return members[members.length - 1];
        }

        int size() {
            return members.length;
        }

        boolean contains(int sighting) {
            return sighting >= 0 && java.util.Arrays.binarySearch(members, sighting) >= 0;
        }

        void forEach(IntConsumer action) {
            for (int member : members) {
                action.accept(member);
            }
        }
    }

    private final int begin;
    private final int[] parent;
    private final List<Group> groups = new ArrayList<>();

    Groups(Sightings sightings, int begin, int end, boolean[] beyondDoubt) {
        this.begin = begin;
        parent = new int[end - begin];
        java.util.Arrays.setAll(parent, i -> i);
        for (int i = begin; i < end; i++) {
            for (int j = i + 1;
                    j < end && sightings.second[j] - sightings.second[i] <= OutlierLimits.CORROBORATION_SECONDS;
                    j++) {
                if (root(i) != root(j) && sightings.overlap(i, j)) {
                    parent[root(j)] = root(i);
                }
            }
        }
        Map<Integer, List<Integer>> members = new HashMap<>();
        for (int i = begin; i < end; i++) {
            members.computeIfAbsent(root(i), unused -> new ArrayList<>()).add(i);
        }
        for (int i = begin; i < end; i++) {
            if (root(i) == i - begin) {
                groups.add(group(members.get(i - begin), sightings, beyondDoubt));
            }
        }
    }

    private static Group group(List<Integer> members, Sightings sightings, boolean[] beyondDoubt) {
        int best = members.get(0);
        boolean isBeyondDoubt = false;
        for (int member : members) {
            if (sightings.accuracy[member] < sightings.accuracy[best]) {
                best = member;
            }
            isBeyondDoubt |= beyondDoubt[member];
        }
        return new Group(members.stream().mapToInt(Integer::intValue).toArray(), isBeyondDoubt, best);
    }

    private int root(int sighting) {
        int i = sighting - begin;
        while (parent[i] != i) {
            parent[i] = parent[parent[i]];
            i = parent[i];
        }
        return i;
    }

    List<Group> all() {
        return groups;
    }
}
