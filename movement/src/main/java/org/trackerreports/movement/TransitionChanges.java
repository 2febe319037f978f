package org.trackerreports.movement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What has to be changed in a list of stored transitions so that it is what a new fold found. A transition that late reports disproved is
 * withdrawn; one that later reports prove again is restored. For both, the revision grows.
 *
 * @param raised those never seen before
 * @param restored those that were withdrawn and stand again
 * @param withdrawn those that stand no more
 * @param redated those that stand, but are decided by another report now. The revision stays: who was told of them was told right
 */
public record TransitionChanges(
        List<Transition> raised, List<Transition> restored, List<Transition> withdrawn, List<Transition> redated) {

    public TransitionChanges {
        raised = List.copyOf(raised);
        restored = List.copyOf(restored);
        withdrawn = List.copyOf(withdrawn);
        redated = List.copyOf(redated);
    }

    /**
     * The difference.
     *
     * @param stored all stored transitions of the tracker and place after the state that the fold began with, withdrawn ones included
     * @param found what the fold found
     */
    public static TransitionChanges between(List<StoredTransition> stored, List<Transition> found) {
        Map<UUID, StoredTransition> known = new LinkedHashMap<>();
        stored.forEach(each -> known.put(each.transition().id(), each));
        List<Transition> raised = new ArrayList<>();
        List<Transition> restored = new ArrayList<>();
        List<Transition> redated = new ArrayList<>();
        for (Transition transition : found) {
            StoredTransition before = known.get(transition.id());
            if (before == null) {
                raised.add(transition);
            } else if (before.withdrawn()) {
                restored.add(transition);
            } else if (!before.transition().equals(transition)) {
                redated.add(transition);
            }
        }
        Set<UUID> standing = found.stream().map(Transition::id).collect(Collectors.toSet());
        List<Transition> withdrawn = stored.stream()
                .filter(each -> !each.withdrawn()
                        && !standing.contains(each.transition().id()))
                .map(StoredTransition::transition)
                .toList();
        return new TransitionChanges(raised, restored, withdrawn, redated);
    }

    /** Whether nothing has to be changed. */
    public boolean isEmpty() {
        return raised.isEmpty() && restored.isEmpty() && withdrawn.isEmpty() && redated.isEmpty();
    }
}
