package org.trackerreports.store.view;

import java.time.Instant;

/** Takes where trackers are, one call for each. */
public interface PositionTaker {

    /**
     * The latest position of a tracker is this one.
     *
     * @param latitude in degrees
     * @param longitude in degrees
     * @param time of the report
     */
    void isAt(long trackerId, double latitude, double longitude, Instant time);

    /** A tracker has no latest position, or does not exist any more. */
    void hasNone(long trackerId);
}
