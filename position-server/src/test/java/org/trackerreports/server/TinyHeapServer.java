package org.trackerreports.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.trackerreports.server.route.Answer;
import org.trackerreports.server.route.Route;
import org.trackerreports.server.route.Scope;
import org.trackerreports.server.settings.ServerListener;
import org.trackerreports.server.settings.ServerSettings;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.history.HistoryQuery;

/** A server as a program of its own. It prints its port, and ends with its standard input. */
final class TinyHeapServer {

    private TinyHeapServer() {}

    public static void main(String[] arguments) throws IOException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(System.getenv("URL"));
        config.setMaximumPoolSize(4);
        Clock clock = Clock.systemUTC();
        HikariDataSource source = new HikariDataSource(config);
        ReportStore store = ReportStore.openWithoutSecrets(source, clock);
        // What nobody should do with so many reports: it shows that the heap is too small for them.
        Route all = new Route("GET", "/api/v1/all-in-memory", Scope.READ, request -> {
            HistoryQuery query =
                    HistoryQuery.of(List.of(), clock.instant().minusSeconds(1_000_000_000), clock.instant());
            return Answer.text(
                    200, "text/plain", "" + store.history().reports(query).size());
        });
        try (PositionServer server = new PositionServer(
                store,
                ServerSettings.builder().listenOn("127.0.0.1", 0).build(),
                List.of(all),
                ServerListener.NONE,
                clock)) {
            server.start();
            System.out.println(server.port());
            while (System.in.read() >= 0) {
                continue;
            }
        }
    }
}
