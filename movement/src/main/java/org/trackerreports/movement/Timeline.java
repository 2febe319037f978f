package org.trackerreports.movement;

import java.util.List;

/**
 * Stays and trips, each in the order of time. Before the first stay, after the last one, and in a silence after which the tracker is where
 * it was, there is no trip.
 *
 * @param stays where it was
 * @param trips the ways between
 */
public record Timeline(List<Stay> stays, List<Trip> trips) {

    public Timeline {
        stays = List.copyOf(stays);
        trips = List.copyOf(trips);
    }
}
