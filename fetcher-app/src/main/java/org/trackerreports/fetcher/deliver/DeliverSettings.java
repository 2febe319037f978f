package org.trackerreports.fetcher.deliver;

import java.time.Duration;

/**
 * The settings of the role {@code deliver}.
 *
 * @param instance identifies this process
 * @param claim for how long a sink is this process's if it says nothing more
 * @param events how many events are read at a time
 * @param unjudged whether reports are delivered before they are judged
 * @param maxReportAge how old a report can be when it is stored
 * @param feedRetention how long the feed keeps what not every reader has read
 */
public record DeliverSettings(
        String instance, Duration claim, int events, boolean unjudged, Duration maxReportAge, Duration feedRetention) {}
