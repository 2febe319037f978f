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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.fetcher.ExitCode;
import org.trackerreports.queue.QueueStatistics;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.simulator.Fault;
import org.trackerreports.simulator.FaultKind;
import org.trackerreports.simulator.Service;
import org.trackerreports.store.ReportStore;

/** The packaged daemon as a process: how it shows itself, and how it ends when it is told to. */
class SignalsTest {

    @TempDir
    private Path directory;

    private DaemonProcess daemon;

    @BeforeEach
    void prepare() throws Exception {
        assumeThat(DaemonProcess.canSendEverySignal()).isTrue();
        daemon = new DaemonProcess(directory);
    }

    @AfterEach
    void close() {
        daemon.close();
    }

    @Test
    void showsItselfNotifiesAndEndsCleanlyOnTerm() throws Exception {
        try (NotifyReceiver manager = new NotifyReceiver(directory.resolve("notify"))) {
            daemon.start("NOTIFY_SOCKET", manager.path(), "WATCHDOG_USEC", "1000000");
            String ready = "READY=1\nSTATUS=Works";
            await().atMost(Duration.ofSeconds(30)).until(() -> manager.received().contains(ready));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> manager.received().contains("WATCHDOG=1"));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> !status().path("lastBatch").isNull());
            assertThat(get("/health/live").statusCode()).isEqualTo(200);
            assertThat(get("/health/ready").statusCode())
                    .as(get("/health/ready").body())
                    .isEqualTo(200);
            assertThat(get("/metrics").body())
                    .contains("trackerreports_requests_total{account=\"main\",outcome=\"ok\"}")
                    .contains("hikaricp_connections_active")
                    .doesNotContain("tag-0", "tag-1");
            assertThat(get("/status").body()).doesNotContain("tag-0", daemon.databasePassword());
            assertThat(daemon.run("healthcheck").exitCode()).isEqualTo(ExitCode.DONE);

            daemon.signal("TERM");
            assertThat(daemon.exitCode(10)).isEqualTo(ExitCode.TERMINATED);
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> manager.received().contains("STOPPING=1\nSTATUS=Ending"));
        }
        QueueStatistics queue = daemon.get(TrackerQueue.class).statistics();
        assertThat(queue.leased()).as("given back").isZero();
        assertThat(queue.workers()).as("signed off").isZero();
        assertThat(daemon.log()).contains("SIGTERM: ending", "The daemon has ended.");
        DaemonProcess.Ended nobody = daemon.run("healthcheck", "--live");
        assertThat(nobody.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(nobody.output()).contains("no daemon answers at 127.0.0.1:" + daemon.port());
    }

    @Test
    void finishesTheRunningRequestAndStoresItsReports() throws Exception {
        daemon.simulator()
                .faults()
                .add(Fault.once(Service.GATEWAY, FaultKind.SLOW).withDelay(Duration.ofSeconds(3)));
        daemon.start();
        await().atMost(Duration.ofSeconds(30)).until(this::requestIsUnderWay);
        daemon.signal("INT");
        assertThat(daemon.exitCode(15)).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(daemon.get(ReportStore.class).history().latest()).hasSize(2);
        assertThat(daemon.get(TrackerQueue.class).statistics().leased()).isZero();
    }

    @Test
    void aSecondSignalEndsAtOnceAndNothingIsLost() throws Exception {
        daemon.simulator()
                .faults()
                .add(Fault.once(Service.GATEWAY, FaultKind.HANG).withDelay(Duration.ofSeconds(30)));
        daemon.start();
        await().atMost(Duration.ofSeconds(30)).until(this::requestIsUnderWay);
        daemon.signal("TERM");
        await().atMost(Duration.ofSeconds(5)).until(() -> daemon.log().contains("SIGTERM: ending"));
        daemon.signal("TERM");
        assertThat(daemon.exitCode(3)).isEqualTo(ExitCode.TERMINATED);
        assertThat(daemon.log()).contains("ended at once").doesNotContain("The daemon has ended.");

        daemon.start();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> daemon.get(ReportStore.class).history().latest().size() == 2);
    }

    @Test
    void aTakenPortIsToldAndNothingIsStarted() throws Exception {
        daemon.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> get("/health/live").statusCode() == 200);
        DaemonProcess.Ended second = daemon.run();
        assertThat(second.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(second.output()).contains("HTTP_PORT is " + daemon.port(), "nothing was started");
    }

    /** Two trackers are leased as long as the request for them runs. */
    private boolean requestIsUnderWay() {
        return daemon.get(TrackerQueue.class).statistics().leased() == 2
                && daemon.simulator().faults().active().stream().noneMatch(fault -> fault.struck() == 0);
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
