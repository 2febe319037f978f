package org.trackerreports.fetcher.operations;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifies the service manager by the protocol of systemd, {@code sd_notify(3)}. Does nothing if there is none. Thread-safe.
 */
final class ServiceManager {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);

    private final Optional<Consumer<String>> socket;
    private final Optional<Duration> watchdog;
    private volatile String lastStatus = "";

    private ServiceManager(Optional<Consumer<String>> socket, Optional<Duration> watchdog) {
        this.socket = socket;
        this.watchdog = watchdog;
    }

    /** The service manager of the environment, if there is one. */
    static ServiceManager of(Map<String, String> environment) {
        String address = environment.getOrDefault("NOTIFY_SOCKET", "");
        if (!address.startsWith("/") && !address.startsWith("@")) {
            return new ServiceManager(Optional.empty(), Optional.empty());
        }
        try {
            return new ServiceManager(Optional.of(new NotifySocket(address)::send), watchdog(environment));
        } catch (LinkageError | NotifySocket.SendFailedException e) {
            LOG.warn(
                    "The service manager cannot be notified ({}). Use Type=exec, or set java.io.tmpdir to a directory from"
                            + " which libraries can be loaded.",
                    e.getMessage());
            return new ServiceManager(Optional.empty(), Optional.empty());
        }
    }

    /** The watchdog may be meant for another process. */
    private static Optional<Duration> watchdog(Map<String, String> environment) {
        String own = Long.toString(ProcessHandle.current().pid());
        String micros = environment.getOrDefault("WATCHDOG_USEC", "");
        if (!environment.getOrDefault("WATCHDOG_PID", own).equals(own) || !micros.matches("[1-9]\\d{0,17}")) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos(Math.multiplyExact(Long.parseLong(micros), 1_000L)));
    }

    /** How often {@link #alive} must be called: half of the time after which the manager restarts the daemon. */
    Optional<Duration> watchdogPeriod() {
        return watchdog.map(limit -> limit.dividedBy(2));
    }

    void ready(String status) {
        send("READY=1\nSTATUS=" + status);
        lastStatus = status;
    }

    /** Sends one line for people. */
    void status(String status) {
        if (!status.equals(lastStatus)) {
            send("STATUS=" + status);
            lastStatus = status;
        }
    }

    void alive() {
        send("WATCHDOG=1");
    }

    void stopping() {
        send("STOPPING=1\nSTATUS=Stopping");
    }

    private void send(String state) {
        if (socket.isEmpty()) {
            return;
        }
        try {
            socket.get().accept(state);
        } catch (NotifySocket.SendFailedException e) {
            LOG.warn("The service manager could not be notified: {}", e.getMessage());
        }
    }
}
