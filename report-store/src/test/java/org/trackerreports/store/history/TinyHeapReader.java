package org.trackerreports.store.history;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.postgresql.ds.PGSimpleDataSource;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.secret.MasterKey;

/** A program of its own that reads a history and prints the number of its rows. */
final class TinyHeapReader {

    private TinyHeapReader() {}

    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(environment.get("URL"));
        History history = ReportStore.open(source, MasterKey.fromBase64(environment.get("KEY")), Clock.systemUTC())
                .history();
        HistoryQuery all = HistoryQuery.of(
                List.of(), Instant.parse(environment.get("FROM")), Instant.parse(environment.get("TO")));
        AtomicLong rows = new AtomicLong();
        switch (arguments[0]) {
            case "reports" -> history.forEachReport(all, row -> rows.incrementAndGet());
            case "hours" -> history.forEachHour(all, row -> rows.incrementAndGet());
            case "days" -> history.forEachDay(all, row -> rows.incrementAndGet());
            default -> rows.set(history.reports(all).size());
        }
        System.out.println(rows);
    }
}
