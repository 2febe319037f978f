package org.trackerreports.movement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The sightings of a stretch, those together that corroborate each other: near in time, and with overlapping circles of accuracy, directly
 * or through others. Neighbours do so, too, if they are no farther apart than reports that are never too fast. Douglas et al. 2012 call it redundancy.
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
            return sighting >= 0 && Arrays.binarySearch(members, sighting) >= 0;
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
        Arrays.setAll(parent, i -> i);
        for (int i = begin; i < end; i++) {
            for (int j = i + 1;
                    j < end && sightings.second[j] - sightings.second[i] <= OutlierLimits.CORROBORATION_SECONDS;
                    j++) {
                if (root(i) != root(j) && sightings.overlap(i, j)) {
                    parent[root(j)] = root(i);
                }
            }
        }
        for (int i = begin; i + 1 < end; i++) {
            if (sightings.second[i + 1] - sightings.second[i] <= OutlierLimits.NEIGHBOUR_SECONDS
                    && root(i) != root(i + 1)
                    && sightings.leastMetres(i, i + 1) <= OutlierLimits.SPEED_LEAST_METRES) {
                parent[root(i + 1)] = root(i);
            }
        }
        int[] sizes = new int[end - begin];
        for (int i = begin; i < end; i++) {
            sizes[root(i)]++;
        }
        int[][] members = new int[end - begin][];
        for (int i = end - 1; i >= begin; i--) {
            int root = root(i);
            if (members[root] == null) {
                members[root] = new int[sizes[root]];
            }
            members[root][--sizes[root]] = i;
        }
        for (int[] group : members) {
            if (group != null) {
                groups.add(group(group, sightings, beyondDoubt));
            }
        }
    }

    private static Group group(int[] members, Sightings sightings, boolean[] beyondDoubt) {
        int best = members[0];
        boolean isBeyondDoubt = false;
        for (int member : members) {
            if (sightings.accuracy[member] < sightings.accuracy[best]) {
                best = member;
            }
            isBeyondDoubt |= beyondDoubt[member];
        }
        return new Group(members, isBeyondDoubt, best);
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
