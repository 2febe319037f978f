package org.trackerreports.systemtests.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.simulator.Fault;
import org.trackerreports.simulator.FaultKind;
import org.trackerreports.simulator.Service;
import org.trackerreports.store.ReportStore;

/** The packaged daemon is told to stop while it signs in. */
@ExtendWith(WithSharedServers.class)
class SlowSignInTest {

    @TempDir
    private Path directory;

    @Test
    void aSignInThatTakesLongDoesNotDelayTheEnd(SharedServers servers) throws Exception {
        assumeThat(DaemonProcess.canSendEverySignal()).isTrue();
        try (DaemonProcess daemon = new DaemonProcess(directory, servers)) {
            daemon.prepare();
            daemon.simulator().accounts().expireSessions(LocalSystem.APPLE_ID);
            daemon.simulator()
                    .faults()
                    .add(Fault.once(Service.GSA, FaultKind.SLOW).withDelay(Duration.ofMinutes(1)));
            daemon.start();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> daemon.simulator().faults().active().isEmpty());
            daemon.signal("TERM");
            assertThat(daemon.exitCode(10)).isEqualTo(ExitCode.TERMINATED);
            assertThat(daemon.log()).contains("SIGTERM received: stopping", "which is ended", "Daemon stopped.");
            assertThat(daemon.get(TrackerQueue.class).statistics().leased()).isZero();
            assertThat(daemon.get(ReportStore.class)
                            .accounts()
                            .find("main")
                            .orElseThrow()
                            .mayAskByItself())
                    .as("signs in again after the next start")
                    .isTrue();
        }
    }
}
