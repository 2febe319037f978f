package org.trackerreports.tools.history;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats times for tables, in one time zone. */
public record Clocks(ZoneId zone) {

    private static final DateTimeFormatter TO_THE_SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    public String time(Instant instant) {
        return TO_THE_SECOND.format(instant.atZone(zone));
    }

    /** A heading that names the time zone. */
    public String heading(String what) {
        return what + " (" + zone.getId() + ")";
    }
}
