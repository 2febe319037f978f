/**
 * What the reports of one tracker say about its movement: wrong positions, stays, trips, and places entered and left.
 *
 * <p>Start with {@link org.trackerreports.movement.OutlierFilter}.
 */
module org.trackerreports.movement {
    requires static org.jspecify;

    exports org.trackerreports.movement;
}
