package org.trackerreports.store.schema;

import java.util.Locale;

/** What a program does with the database, if it does not do everything. None of them can read key material, accounts or master keys. */
public enum DatabasePurpose {
    /** Serves positions over the network; changes places, shares, and the names and labels of trackers. */
    SERVE,
    /** Judges reports. */
    MOVE,
    /** Tells other programs of what happens. */
    DELIVER;

    /** The word for people and options. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
