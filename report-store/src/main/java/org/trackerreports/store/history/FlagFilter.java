package org.trackerreports.store.history;

import java.util.Locale;

/**
 * Whether a query reads reports that have flags, which say why a position is implausible. Such reports are kept, but they are no place
 * where the tracker was.
 */
public enum FlagFilter {
    /** Only reports without flags. */
    WITHOUT,
    /** All reports. */
    WITH,
    /** Only reports with flags. */
    ONLY;

    /** The word for people and options. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
