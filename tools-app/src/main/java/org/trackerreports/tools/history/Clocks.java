package org.trackerreports.tools.history;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as tables show them, in one zone. */
record Clocks(ZoneId zone) {

    private static final DateTimeFormatter TO_THE_SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    String time(Instant instant) {
        return TO_THE_SECOND.format(instant.atZone(zone));
    }

    /** A heading that says which zone the times under it are in. */
    String heading(String what) {
        return what + " (" + zone.getId() + ")";
    }
}
