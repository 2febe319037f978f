import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;
import org.trackerreports.server.PositionServer;
import org.trackerreports.server.route.Answer;
import org.trackerreports.server.route.Route;
import org.trackerreports.server.route.Scope;
import org.trackerreports.server.settings.ServerListener;
import org.trackerreports.server.settings.ServerSettings;
import org.trackerreports.store.ReportStore;

/** Serves the page, the API and a route of its own. Arguments: the JDBC URL of the database, and the port. */
public final class OwnServer {

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (PositionServer server = start(arguments[0], Integer.parseInt(arguments[1]))) {
            System.out.println("Open " + server.address());
            Thread.currentThread().join();
        }
    }

    static PositionServer start(String url, int port) throws IOException {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(url);
        ReportStore store = ReportStore.openWithoutSecrets(database, Clock.systemUTC());
        // Host, origin and token are checked before the handler is called.
        Route count = new Route("GET", "/api/v1/own/count", Scope.READ, request -> Answer.json(
                JsonNodeFactory.instance.objectNode().put("trackers", store.history().latest().size())));
        PositionServer server = new PositionServer(
                store,
                ServerSettings.builder().listenOn("127.0.0.1", port).build(),
                List.of(count),
                ServerListener.NONE,
                Clock.systemUTC());
        server.start();
        return server;
    }
}
