package org.trackerreports.tools.place;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trackerreports.movement.Circle;
import org.trackerreports.tools.movement.TrackerStay;

/**
 * Groups stays that are near to each other: the longest one is a centre, and all within 100 m of it belong to it; then the longest of the
 * rest, and so on. A centre is a position that was reported, never a mean.
 */
final class StayGroups {

    static final double METRES = 100;

    private static final int LEAST_STAYS = 2;

    private StayGroups() {}

    /**
     * Stays at one spot.
     *
     * @param centre the longest of them
     */
    record Group(TrackerStay centre, int stays, long seconds, Set<String> trackers) {

        Group {
            trackers = Set.copyOf(trackers);
        }

        Optional<String> nearestCity() {
            return centre.nearestCity();
        }
    }

    /** A stay and whose it is. */
    record Visit(String tracker, TrackerStay stay) {

        long seconds() {
            return stay.stay().duration().toSeconds();
        }
    }

    /** The spots with at least two stays, the longest total time first. */
    static List<Group> of(List<Visit> visits) {
        List<Visit> left = new ArrayList<>(visits);
        left.sort(Comparator.comparingLong(Visit::seconds)
                .reversed()
                .thenComparing(visit -> visit.stay().from()));
        List<Group> groups = new ArrayList<>();
        while (!left.isEmpty()) {
            TrackerStay centre = left.get(0).stay();
            Circle around = new Circle(centre.latitude(), centre.longitude(), METRES);
            List<Visit> near = left.stream()
                    .filter(visit -> around.metresOutside(
                                    visit.stay().latitude(), visit.stay().longitude())
                            <= 0)
                    .toList();
            left.removeAll(new HashSet<>(near));
            if (near.size() >= LEAST_STAYS) {
                Set<String> trackers = new HashSet<>();
                near.forEach(visit -> trackers.add(visit.tracker()));
                groups.add(new Group(
                        centre,
                        near.size(),
                        near.stream().mapToLong(Visit::seconds).sum(),
                        trackers));
            }
        }
        groups.sort(Comparator.comparingLong(Group::seconds).reversed());
        return groups;
    }
}
