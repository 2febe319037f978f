import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.trackerreports.server.PositionServer;
import org.trackerreports.store.Schema;

class OwnServerTest {

    @Test
    void servesThePageTheApiAndTheOwnRoute() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            Schema.migrate(postgres.getPostgresDatabase());
            try (PositionServer server = OwnServer.start(postgres.getJdbcUrl("postgres", "postgres"), 0)) {
                HttpResponse<String> page = get(server, "");
                assertEquals(200, page.statusCode());
                assertTrue(page.headers().firstValue("content-type").orElse("").startsWith("text/html"));
                assertEquals(200, get(server, "api/v1/trackers").statusCode());
                assertEquals("{\"trackers\":0}", get(server, "api/v1/own/count").body().replaceAll("\\s", ""));
            }
        }
    }

    private static HttpResponse<String> get(PositionServer server, String path)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(server.address().resolve(path)).build(), BodyHandlers.ofString());
    }
}
