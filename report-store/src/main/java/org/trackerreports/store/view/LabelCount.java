package org.trackerreports.store.view;

/**
 * How many trackers have a label.
 *
 * @param trackers how many
 */
public record LabelCount(String name, String value, long trackers) {}
