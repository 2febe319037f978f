import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.postgresql.ds.PGSimpleDataSource;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.history.HistoryBucket;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.store.history.LatestPosition;

/** Prints where each tracker is, and where it was in each hour of the last day. Argument: the JDBC URL of the database. */
public final class ReadHistory {

    public static void main(String[] arguments) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(arguments[0]);
        // Without the master key: the program sees positions, but neither keys nor sessions.
        ReportStore store = ReportStore.openWithoutSecrets(database, Clock.systemUTC());
        Instant now = Instant.now();
        for (LatestPosition latest : store.history().latest()) {
            System.out.printf("%s is at %.5f %.5f, seen %d minutes ago%n", latest.trackerName(), latest.latitude(),
                    latest.longitude(), ChronoUnit.MINUTES.between(latest.timestamp(), now));
            HistoryQuery lastDay = HistoryQuery.of(latest.trackerId(), now.minus(Duration.ofDays(1)), now);
            for (HistoryBucket hour : store.history().hours(lastDay)) {
                System.out.printf("  %s %.5f %.5f, %d reports%n", hour.start(), hour.position().latitude(),
                        hour.position().longitude(), hour.reportCount());
            }
        }
    }
}
