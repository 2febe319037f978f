package org.trackerreports.systemtests.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.store.ReportStore;
import org.trackerreports.testsupport.FreePorts;

/** The role {@code serve} on a streaming replica, before and after a failover: what the guide about scaling says of it. */
class StandbyTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private final int webPort = FreePorts.next();

    @Test
    void aStandbyServesWhatReadsAndAfterAFailoverEverything() throws Exception {
        try (DatabaseServer primary = new DatabaseServer(directory)) {
            DataSource database = primary.create("served");
            ReportStore store = MovedFleet.openIn(database);
            new MovedFleet(new Random(1), 5, 10).storeAndJudge(store);
            primary.grantServing(database);
            try (DatabaseServer standby = primary.standby(directory.resolve("standby"));
                    FetcherProcess process =
                            FetcherProcess.serving(directory.resolve("serve"), standby.port(), 0, webPort)) {
                process.start();
                await().atMost(LIMIT).until(() -> process.log().contains("Open "));

                reads();
                assertThat(addPlace().statusCode()).isEqualTo(503);
                tellsEvents(store);

                primary.stop();
                standby.promote();
                await().atMost(LIMIT).until(() -> addPlace().statusCode() == 201);
                reads();
                assertThat(process.stop()).isEqualTo(143);
                assertThat(process.log()).doesNotContain(" ERROR ");
                primary.start();
            }
        }
    }

    private void reads() throws Exception {
        assertThat(get("").statusCode()).as("the page").isEqualTo(200);
        assertThat(get("api/v1/trackers").body()).contains("\"total\":12", "\"lat\":");
        assertThat(get("api/v1/places").body()).contains("place 52.5", "place 52.6");
        assertThat(get("api/v1/trackers/1/reports?from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z")
                        .body())
                .contains("\"lat\":");
    }

    /** By looking, because a standby has no notifications. */
    private void tellsEvents(ReportStore store) throws Exception {
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        HttpResponse<Stream<String>> events = HTTP.send(
                HttpRequest.newBuilder(address("api/v1/events"))
                        .header("Accept", "text/event-stream")
                        .build(),
                BodyHandlers.ofLines());
        assertThat(events.statusCode()).isEqualTo(200);
        Thread reader = new Thread(() -> events.body().forEach(lines::add));
        reader.setDaemon(true);
        reader.start();
        new MovedFleet(new Random(2), 1, 12).storeAndJudge(store);

        await().atMost(LIMIT)
                .until(() -> lines.stream().anyMatch(line -> line.startsWith("data: ") && line.contains("\"lat\":")));
    }

    private HttpResponse<String> addPlace() throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(address("api/v1/places"))
                        .header("Content-Type", "application/json")
                        .header("Origin", "http://127.0.0.1:" + webPort)
                        .POST(BodyPublishers.ofString("{\"name\":\"Yard\",\"lat\":1,\"lon\":1,\"radius_m\":100}"))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(address(path)).build(), BodyHandlers.ofString());
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + webPort + "/" + path);
    }
}
