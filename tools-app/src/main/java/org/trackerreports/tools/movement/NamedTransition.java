package org.trackerreports.tools.movement;

import org.trackerreports.store.place.Transition;

/** A transition with the names of its tracker and its place. */
public record NamedTransition(Transition transition, String tracker, String place) {}
