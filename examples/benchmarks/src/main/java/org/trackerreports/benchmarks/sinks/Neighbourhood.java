package org.trackerreports.benchmarks.sinks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.trackerreports.benchmarks.DaemonProcess;
import org.trackerreports.benchmarks.LocalServers;
import org.trackerreports.benchmarks.OneReport;
import org.trackerreports.benchmarks.Setting;
import org.trackerreports.benchmarks.sinks.Neighbour.Manner;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.sink.Sinks;

/** One daemon that judges, and that tells several receivers. It is the program that is handed out, in a process of its own. */
final class Neighbourhood implements AutoCloseable {

    private static final AtomicInteger REPORTS = new AtomicInteger();

    private final ReportStore store;
    private final List<Neighbour> neighbours;
    private final DaemonProcess daemon;

    private Neighbourhood(ReportStore store, List<Neighbour> neighbours, DaemonProcess daemon) {
        this.store = store;
        this.neighbours = neighbours;
        this.daemon = daemon;
    }

    /** Starts it, and waits until each receiver has shown what it is like. One of them takes everything. */
    static Neighbourhood of(Set<Manner> manners, LocalServers servers, ReportStore store, Setting setting)
            throws IOException, InterruptedException {
        Path directory = setting.newDirectory("neighbourhood");
        Path sinks = Files.createDirectories(directory.resolve("sinks"));
        List<Neighbour> neighbours = new ArrayList<>();
        for (Manner manner : manners) {
            Neighbour neighbour = new Neighbour(manner);
            neighbours.add(neighbour);
            Files.write(
                    sinks.resolve(name(neighbour) + ".conf"),
                    List.of("TYPE=webhook", "URL=" + neighbour.url(), "EVENTS=report.stored"));
            store.feed().reset(Sinks.consumer(name(neighbour)), store.feed().end());
        }
        Map<String, String> environment = new HashMap<>(servers.options());
        environment.put("ROLES", "move,deliver");
        environment.put("DATA_DIR", directory.resolve("data").toString());
        environment.put("SINKS_DIR", sinks.toString());
        environment.put("HTTP_PORT", "0");
        Neighbourhood neighbourhood =
                new Neighbourhood(store, neighbours, DaemonProcess.handedOut(directory, environment));
        OneReport.store(store, REPORTS.incrementAndGet());
        for (Neighbour neighbour : neighbours) {
            if (neighbour.manner() != Manner.IS_GONE) {
                neighbour.awaitRequest();
            }
        }
        return neighbourhood;
    }

    private static String name(Neighbour neighbour) {
        return neighbour.manner().name().toLowerCase(Locale.ROOT);
    }

    /** Stores one report after the other for so long; the milliseconds of the latest from its commit to the receiver that takes everything. */
    double latestMillis(Duration time) throws InterruptedException {
        Neighbour good = neighbours.stream()
                .filter(neighbour -> neighbour.manner() == Manner.TAKES)
                .findFirst()
                .orElseThrow();
        long end = System.nanoTime() + time.toNanos();
        long latest = 0;
        do {
            long committed = OneReport.store(store, REPORTS.incrementAndGet());
            latest = Math.max(latest, good.awaitRequest() - committed);
        } while (System.nanoTime() < end);
        return latest / 1e6;
    }

    @Override
    public void close() {
        daemon.close();
        neighbours.forEach(Neighbour::close);
        neighbours.forEach(neighbour -> store.sinks().remove(name(neighbour)));
    }
}
