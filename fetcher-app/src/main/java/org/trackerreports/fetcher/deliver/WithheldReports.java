package org.trackerreports.fetcher.deliver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.trackerreports.core.sink.SinkFile;
import org.trackerreports.store.feed.FeedItem;
import org.trackerreports.store.history.FlagFilter;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.store.sink.SinkWithheld;
import org.trackerreports.store.sink.WithheldReport;

/**
 * For a program that keeps a position as often as it gets it: which reports it was not told because they were wrong. It is told of each of them
 * once, when it has turned out to be right. Does nothing for other programs. Used by one thread.
 */
final class WithheldReports {

    private final SinkFile file;
    private final SinkWithheld store;
    private final boolean used;
    private final List<WithheldReport> fresh = new ArrayList<>();
    private Set<WithheldReport> known = Set.of();

    WithheldReports(SinkFile file, SinkWithheld store) {
        this.file = file;
        this.store = store;
        this.used = file.type().keepsDoubles();
    }

    /** Reads what is known of the reports among the items. */
    void load(List<? extends FeedItem> items) {
        if (!used) {
            return;
        }
        List<WithheldReport> right = new ArrayList<>();
        for (FeedItem item : items) {
            if (item instanceof FeedItem.OfReport of && !isWrong(of.report())) {
                of(of.report()).ifPresent(right::add);
            }
        }
        known = store.find(file.name(), right);
    }

    /** Whether the sink has or will have been told of this report without this item. Notes what it is not told. */
    boolean isOld(FeedItem.OfReport item) {
        if (!used) {
            return false;
        }
        if (isWrong(item.report())) {
            if (!item.revised() && file.selection().flags() == FlagFilter.WITHOUT) {
                of(item.report()).ifPresent(fresh::add);
            }
            return item.revised();
        }
        return item.revised() && withheld(item).isEmpty();
    }

    /** The report of an item, if the sink was not told of it before. */
    Optional<WithheldReport> withheld(FeedItem.OfReport item) {
        return of(item.report()).filter(known::contains);
    }

    /** Keeps what was noted. */
    void save() {
        if (!fresh.isEmpty()) {
            store.add(file.name(), fresh);
            fresh.clear();
        }
    }

    private static boolean isWrong(StoredReport report) {
        return !report.content().wrongFlags().isEmpty();
    }

    private static Optional<WithheldReport> of(StoredReport report) {
        OptionalLong tracker = report.trackerId();
        return tracker.isEmpty()
                ? Optional.empty()
                : Optional.of(new WithheldReport(tracker.getAsLong(), report.timestamp(), report.digest()));
    }
}
