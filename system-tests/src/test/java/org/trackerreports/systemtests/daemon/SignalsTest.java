package org.trackerreports.systemtests.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.queue.QueueStatistics;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.simulator.Fault;
import org.trackerreports.simulator.FaultKind;
import org.trackerreports.simulator.Service;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.testsupport.TestProcess;

/** The packaged daemon as a process: its health, metrics and notifications, and how it stops on signals. */
@ExtendWith(WithSharedServers.class)
class SignalsTest {

    @TempDir
    private static Path directory;

    private static DaemonProcess daemon;

    @BeforeAll
    static void open(SharedServers servers) throws Exception {
        assumeThat(DaemonProcess.canSendEverySignal()).isTrue();
        daemon = new DaemonProcess(directory, servers);
    }

    @AfterAll
    static void close() {
        if (daemon != null) {
            daemon.close();
        }
    }

    @BeforeEach
    void prepare() throws Exception {
        daemon.prepare();
    }

    @Test
    void showsItselfNotifiesAndEndsCleanlyOnTerm() throws Exception {
        try (NotifyReceiver manager = new NotifyReceiver(directory.resolve("notify"))) {
            daemon.start("NOTIFY_SOCKET", manager.path(), "WATCHDOG_USEC", "1000000");
            String ready = "READY=1\nSTATUS=Running";
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> manager.received().contains(ready));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> manager.received().contains("WATCHDOG=1"));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> !status().path("last_batch").isNull());
            assertThat(get("/health/live").statusCode()).isEqualTo(200);
            assertThat(get("/health/ready").statusCode())
                    .as(get("/health/ready").body())
                    .isEqualTo(200);
            assertThat(get("/metrics").body())
                    .contains("trackerreports_requests_total{account=\"main\",outcome=\"ok\"}")
                    .contains("hikaricp_connections_active")
                    .doesNotContain("tag-0", "tag-1");
            assertThat(fields(status())).allMatch(name -> name.matches("[a-z][a-z0-9_]*"));
            assertThat(get("/status").body()).doesNotContain("tag-0", daemon.databasePassword());
            assertThat(daemon.run("healthcheck").exitCode()).isEqualTo(ExitCode.DONE);
            TestProcess.Result second = daemon.run();
            assertThat(second.exitCode()).as("its port is taken").isEqualTo(ExitCode.CONFIGURATION);
            assertThat(second.out()).contains("HTTP_PORT is " + daemon.port(), "nothing was started");

            // As a service manager does; one that reads nothing gets nothing more after a while.
            manager.received();
            daemon.signal("TERM");
            assertThat(daemon.exitCode(10)).isEqualTo(ExitCode.TERMINATED);
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> manager.received().contains("STOPPING=1\nSTATUS=Stopping"));
        }
        QueueStatistics queue = daemon.get(TrackerQueue.class).statistics();
        assertThat(queue.leased()).as("given back").isZero();
        assertThat(queue.workers()).as("signed off").isZero();
        assertThat(daemon.log()).contains("SIGTERM received: stopping", "Daemon stopped.");
        TestProcess.Result nobody = daemon.run("healthcheck", "--live");
        assertThat(nobody.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(nobody.out()).contains("no daemon answers at 127.0.0.1:" + daemon.port());
    }

    @Test
    void finishesTheRunningRequestAndStoresItsReports() throws Exception {
        startWithRequestUnderWay(Fault.once(Service.GATEWAY, FaultKind.SLOW).withDelay(Duration.ofSeconds(3)));
        List<StoredReport> before = reports();
        daemon.signal("INT");
        assertThat(daemon.exitCode(15)).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(reports())
                .as("the only request that was made is the one that was under way")
                .isNotEqualTo(before);
        assertThat(daemon.get(TrackerQueue.class).statistics().leased()).isZero();
    }

    /** All that is stored, whether it is judged yet or not. */
    private static List<StoredReport> reports() {
        ReportStore store = daemon.get(ReportStore.class);
        Instant now = Instant.now();
        return Stream.of("tag-0", "tag-1")
                .map(name -> store.trackers().find(name).orElseThrow().id())
                .flatMap(id -> store
                        .history()
                        .reports(HistoryQuery.of(id, now.minus(Duration.ofDays(2)), now.plus(Duration.ofDays(1))))
                        .stream())
                .toList();
    }

    @Test
    void aSecondSignalEndsAtOnceAndTheWorkGoesBack() throws Exception {
        startWithRequestUnderWay(Fault.once(Service.GATEWAY, FaultKind.HANG).withDelay(Duration.ofSeconds(30)));
        daemon.signal("TERM");
        await().atMost(Duration.ofSeconds(5)).until(() -> daemon.log().contains("SIGTERM received: stopping"));
        daemon.signal("TERM");
        assertThat(daemon.exitCode(3)).isEqualTo(ExitCode.TERMINATED);
        assertThat(daemon.log()).contains("stopped at once").doesNotContain("Daemon stopped.");

        QueueStatistics left = daemon.get(TrackerQueue.class).statistics();
        assertThat(left.leased()).as("nobody gave it back").isPositive();
        daemon.start();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> daemon.get(TrackerQueue.class).statistics().leased() == 0);
        assertThat(daemon.get(TrackerQueue.class).statistics().ids()).isEqualTo(2);
        assertThat(daemon.get(TrackerQueue.class).statistics().counters().get("reclaimedFromWorker"))
                .isEqualTo(left.leased());
    }

    /** Starts the daemon, and returns when the fault holds its first request. */
    private void startWithRequestUnderWay(Fault fault) throws Exception {
        daemon.simulator().faults().add(fault);
        daemon.start();
        await().atMost(Duration.ofSeconds(30)).until(this::requestIsUnderWay);
    }

    /** The fault has struck, so the service holds the request, and the trackers of the request are leased. */
    private boolean requestIsUnderWay() {
        return daemon.simulator().faults().active().stream().noneMatch(fault -> fault.struck() == 0)
                && daemon.get(TrackerQueue.class).statistics().leased() > 0;
    }

    /** The names of all fields, except those of the configuration, which are names of options. */
    private static List<String> fields(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.properties().forEach(field -> {
            names.add(field.getKey());
            names.addAll(field.getKey().equals("configuration") ? List.of() : fields(field.getValue()));
        });
        if (node.isArray()) {
            node.forEach(each -> names.addAll(fields(each)));
        }
        return names;
    }

    private JsonNode status() throws IOException, InterruptedException {
        return new ObjectMapper().readTree(get("/status").body());
    }

    private HttpResponse<String> get(String page) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + daemon.port() + page))
                                .timeout(Duration.ofSeconds(5))
                                .build(),
                        BodyHandlers.ofString());
    }
}
