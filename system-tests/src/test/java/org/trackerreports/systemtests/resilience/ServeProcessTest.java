package org.trackerreports.systemtests.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.store.ReportStore;
import org.trackerreports.testsupport.FreePorts;

/** The daemon with the role {@code serve} alone, as a process of its own, with a role of the database that cannot read secrets. */
class ServeProcessTest {

    @TempDir
    private static Path shared;

    private static DatabaseServer server;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startServer() {
        server = new DatabaseServer(shared);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private FetcherProcess process(int operatorsPort, int webPort) {
        return FetcherProcess.serving(directory.resolve("port " + webPort), server.port(), operatorsPort, webPort);
    }

    @Test
    void needsTheDatabaseAloneAndTellsItsAddress() throws Exception {
        DataSource database = server.create("served");
        ReportStore store = MovedFleet.openIn(database);
        new MovedFleet(new Random(1), 5, 10)
                .batches()
                .forEach(batch -> store.reports().insert(batch, List.of()));
        server.grantServing(database);
        int operatorsPort = FreePorts.next();
        int webPort = FreePorts.next();
        try (FetcherProcess process = process(operatorsPort, webPort)) {
            process.start();
            String address = "http://localhost:" + webPort + "/";
            await().atMost(Duration.ofSeconds(60)).until(() -> process.log().contains("Open " + address));

            assertThat(page(address + "api/v1/trackers")).contains("\"total\":12", "\"lat\":");
            assertThat(page("http://localhost:" + operatorsPort + "/health/live"))
                    .contains("\"status\"");
            assertThat(page("http://localhost:" + operatorsPort + "/metrics"))
                    .contains("trackerreports_web_requests_seconds_count{status=\"2xx\"} 1");
            assertThat(process.stop()).isEqualTo(143);
            assertThat(process.log()).contains("Daemon stopped.").doesNotContain(" ERROR ");
            assertThat(directory.resolve("port " + webPort + "/data/master.key"))
                    .doesNotExist();
        }
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                FetcherProcess process = process(0, taken.getLocalPort())) {
            process.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> process.log().contains("does not start"));
            assertThat(process.log()).contains("WEB_PORT is " + taken.getLocalPort() + " on WEB_BIND 127.0.0.1");
        }
    }

    private static String page(String address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
