import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.Schema;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.ReportContent;
import org.trackerreports.store.secret.MasterKey;
import org.trackerreports.store.secret.Secret;
import org.trackerreports.store.tracker.NewTracker;

class ReadHistoryTest {

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    @Test
    void printsWhereTheTrackerIsAndWas() throws Exception {
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.HOURS);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            Schema.migrate(postgres.getPostgresDatabase());
            ReportStore store =
                    ReportStore.open(postgres.getPostgresDatabase(), MasterKey.random(), Clock.systemUTC());
            store.trackers()
                    .add(List.of(new NewTracker(
                            "bike", "static", Secret.of(new byte[28]), Map.of(), List.of(KEY), Optional.empty())));
            store.reports()
                    .insert(List.of(report(hour, 52.5, 13.4), report(hour.plusSeconds(600), 52.6, 13.5)), List.of());
            store.history().refresh();

            String printed = printedBy(postgres.getJdbcUrl("postgres", "postgres"));

            long minutes = ChronoUnit.MINUTES.between(hour.plusSeconds(600), Instant.now());
            assertEquals(
                    "bike is at 52.60000 13.50000, seen " + minutes + " minutes ago\n  " + hour
                            + " 52.60000 13.50000, 2 reports\n",
                    printed);
        }
    }

    private static NewReport report(Instant time, double latitude, double longitude) {
        ReportContent content = new ReportContent(
                Optional.of(new Position(latitude, longitude)),
                2,
                OptionalDouble.of(20),
                OptionalInt.of(0),
                Optional.empty(),
                Set.of(),
                Optional.empty());
        return new NewReport(OptionalLong.empty(), KEY, time, content, Optional.empty(), time);
    }

    private static String printedBy(String url) {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true));
        try {
            ReadHistory.main(new String[] {url});
        } finally {
            System.setOut(before);
        }
        return printed.toString();
    }
}
