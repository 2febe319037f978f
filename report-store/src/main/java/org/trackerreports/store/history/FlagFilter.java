package org.trackerreports.store.history;

import java.util.Locale;

/**
 * Whether a query reads reports that have flags, which say why a position is wrong or uncertain. A wrong one is kept, but is no place where
 * the tracker was.
 */
public enum FlagFilter {
    /** No report whose flags say that it is wrong; uncertain ones are read. */
    WITHOUT,
    /** All reports. */
    WITH,
    /** Only reports with flags, wrong or uncertain. */
    ONLY;

    /** The word for people and options. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
