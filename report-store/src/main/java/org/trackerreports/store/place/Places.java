package org.trackerreports.store.place;

import java.util.List;
import java.util.Optional;

/** Places, and the transitions of trackers that enter and leave them. Thread-safe. */
public interface Places {

    /** The name must be new. */
    PlaceOutcome add(NewPlace place);

    /** Adds all of them, or none if one is refused. */
    List<PlaceOutcome> addAll(List<NewPlace> places);

    /** Replaces everything about a place but its id. */
    PlaceOutcome change(long id, NewPlace place);

    /** Removes a place with its transitions. Returns false if there is none. */
    boolean remove(long id);

    Optional<Place> find(String name);

    /** All places, by name. */
    List<Place> list();

    /** Transitions by event time. */
    List<Transition> transitions(TransitionQuery query);

    /** A page of transitions. */
    List<Transition> transitions(TransitionQuery query, TransitionPage page);
}
