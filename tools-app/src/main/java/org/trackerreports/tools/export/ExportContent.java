package org.trackerreports.tools.export;

import java.util.Locale;

/** What an export contains. */
enum ExportContent {
    REPORTS,
    STAYS,
    TRANSITIONS;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
