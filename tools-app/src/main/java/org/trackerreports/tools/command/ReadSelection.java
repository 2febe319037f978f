package org.trackerreports.tools.command;

import picocli.CommandLine.Mixin;

/** Which reports a command reads, as a mixin: of which trackers, from which time, of which confidence. */
public final class ReadSelection {

    @Mixin
    private TrackerSelection trackers;

    @Mixin
    private TimeRange time;

    @Mixin
    private ConfidenceOption confidence;

    TrackerSelection trackers() {
        return trackers;
    }

    TimeRange time() {
        return time;
    }

    ConfidenceOption confidence() {
        return confidence;
    }
}
