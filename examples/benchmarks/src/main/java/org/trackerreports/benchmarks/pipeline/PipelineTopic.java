package org.trackerreports.benchmarks.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.trackerreports.benchmarks.Comparison;
import org.trackerreports.benchmarks.JavaProcess;
import org.trackerreports.benchmarks.LocalServers;
import org.trackerreports.benchmarks.Series;
import org.trackerreports.benchmarks.Setting;
import org.trackerreports.benchmarks.Topic;
import org.trackerreports.benchmarks.Turns;
import org.trackerreports.benchmarks.peer.FindMyPy;

/**
 * The whole: the reports of each tracker are fetched, decrypted, get their nearest city and are stored; services, daemon, PostgreSQL and
 * Redis on one machine. Beside it, on the same servers, pipelines without all that makes this one fast.
 */
public final class PipelineTopic implements Topic {

    private static final String WHAT =
            "reports fetched, decrypted and stored, with everything that belongs to it, %s, 64 in a request";

    /**
     * Of each tracker: what the service gives today, where the turn of a tracker costs most beside its report; a few; and what the old
     * interface gives.
     */
    private static final List<Integer> REPORTS = List.of(1, 4, 20);

    /** A few requests at least, since the first quarter is not counted. */
    private static final int FEWEST_FOR_PEERS = 256;

    /** What of a cycle is not measured, because not every account is at work yet. */
    private static final double BEGINNING = 0.05;

    @Override
    public void measure(Setting setting, Consumer<Comparison> results) throws Exception {
        for (int reports : REPORTS) {
            String what = reports == 1 ? "one report of each tracker" : reports + " reports of each tracker";
            measure(setting, reports, what, results);
        }
    }

    private static void measure(Setting setting, int reportsOfEach, String what, Consumer<Comparison> results)
            throws Exception {
        Path directory = setting.newDirectory("pipeline");
        int trackers = setting.effort().pipelineTrackers() / reportsOfEach;
        setting.tell("  preparing " + String.format("%,d", trackers) + " trackers, " + what);
        try (LocalServers servers = LocalServers.start(setting);
                Services services = new Services(
                        directory,
                        trackers,
                        reportsOfEach,
                        FetcherFleet.accounts(trackers),
                        Math.max(FEWEST_FOR_PEERS, setting.effort().peerTrackers() / reportsOfEach));
                FetcherFleet fleet = new FetcherFleet(servers, services, directory, trackers, reportsOfEach)) {
            for (int warmed = 0; warmed < setting.effort().warmUpTurns(); warmed += fleet.reports()) {
                setting.tell("  a cycle to warm up: " + Math.round(cycle(fleet)) + " reports/s");
            }
            Turns turns = new Turns()
                    .with("daemon", () -> cycle(fleet))
                    .with("straightforward Java pipeline, BouncyCastle", () -> {
                        fleet.clear();
                        return straightforward(servers, services);
                    });
            setting.findMyPy()
                    .map(FindMyPy::new)
                    .ifPresent(peer -> turns.with(FindMyPy.NAME + " pipeline", () -> {
                        fleet.clear();
                        return peer.pipeline(environment(servers, services));
                    }));
            List<Series> series = turns.measure(setting);
            series.stream()
                    .skip(1)
                    .forEach(other -> results.accept(new Comparison(
                            String.format(WHAT, what), "reports/s", Comparison.Kind.RATE, series.get(0), other)));
        }
    }

    private static double cycle(FetcherFleet fleet) throws Exception {
        double goal = fleet.beginCycle();
        fleet.awaitStored(goal - (1 - BEGINNING) * fleet.reports());
        long began = System.nanoTime();
        double counted = fleet.stored();
        fleet.awaitStored(goal);
        double seconds = (System.nanoTime() - began) / 1e9;
        fleet.requireComplete();
        return (goal - counted) / seconds;
    }

    private static Map<String, String> environment(LocalServers servers, Services services) {
        Map<String, String> environment = new HashMap<>();
        environment.put("KEYS_FILE", services.peerKeys().toString());
        environment.put("GATEWAY_URL", services.value("FINDMY_GATEWAY_URL"));
        environment.put("ANISETTE_URL", services.value("ANISETTE_SERVER"));
        environment.put("CA_FILE", services.value("FINDMY_TRUST_CERTIFICATE"));
        environment.put("SESSION", services.value("SESSION"));
        environment.put("DATABASE", servers.databaseWords());
        environment.put("DATABASE_URL", servers.databaseUrl());
        return environment;
    }

    private static double straightforward(LocalServers servers, Services services)
            throws IOException, InterruptedException {
        ProcessBuilder builder = JavaProcess.of(
                        List.of("-Xmx256m", "-Dorg.trackerreports.findmy.p224=bouncycastle"),
                        StraightforwardMain.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment(servers, services));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("the straightforward pipeline failed; see the lines above");
        }
        return Double.parseDouble(
                output.strip().lines().reduce((first, last) -> last).orElse("0"));
    }
}
