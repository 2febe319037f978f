package org.trackerreports.benchmarks.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.trackerreports.benchmarks.Comparison;
import org.trackerreports.benchmarks.LocalServers;
import org.trackerreports.benchmarks.Series;
import org.trackerreports.benchmarks.Setting;
import org.trackerreports.benchmarks.Topic;

/** Processor time per turn of a tracker, and memory of the daemon, for growing numbers of trackers. */
public final class GrowthTopic implements Topic {

    private record Cost(double microsPerTurn, double residentMegabytes) {}

    @Override
    public void measure(Setting setting, Consumer<Comparison> results) throws Exception {
        Map<Integer, Cost> costs = new LinkedHashMap<>();
        for (int trackers : setting.effort().fleetSizes()) {
            Cost cost = measure(setting, trackers);
            setting.tell(String.format(
                    "  %,d trackers: %.0f microseconds for each turn, %.0f MB",
                    trackers, cost.microsPerTurn(), cost.residentMegabytes()));
            costs.put(trackers, cost);
        }
        List<Integer> sizes = new ArrayList<>(costs.keySet());
        int smallest = sizes.get(0);
        Cost base = Objects.requireNonNull(costs.get(smallest));
        String name = String.format("%,d trackers", smallest);
        for (int trackers : sizes.subList(1, sizes.size())) {
            Cost cost = Objects.requireNonNull(costs.get(trackers));
            String title = String.format("%,d trackers", trackers);
            results.accept(comparison(
                    "processor time for a tracker's turn, daemon and servers, " + title,
                    "µs",
                    new Series(title, cost.microsPerTurn()),
                    new Series(name, base.microsPerTurn())));
            results.accept(comparison(
                    "resident memory of the daemon, " + title,
                    "MB",
                    new Series(title, cost.residentMegabytes()),
                    new Series(name, base.residentMegabytes())));
        }
    }

    private static Comparison comparison(String what, String unit, Series own, Series other) {
        return new Comparison(what, unit, Comparison.Kind.COST, own, other);
    }

    private static Cost measure(Setting setting, int trackers) throws Exception {
        Path directory = setting.newDirectory("growth");
        setting.tell("  preparing " + String.format("%,d", trackers) + " trackers");
        try (LocalServers servers = LocalServers.start(setting);
                Services services = new Services(directory, trackers, 1, FetcherFleet.ACCOUNTS, 0);
                FetcherFleet fleet = new FetcherFleet(servers, services, directory, trackers, 1)) {
            int warmCycles = Math.max(1, setting.effort().warmUpTurns() / trackers);
            int cycles = Math.max(1, setting.effort().measuredTurns() / trackers);
            for (int cycle = 0; cycle < warmCycles; cycle++) {
                fleet.cycle();
            }
            ProcessFigures before = ProcessFigures.of(fleet.daemon(), servers);
            for (int cycle = 0; cycle < cycles; cycle++) {
                fleet.cycle();
            }
            ProcessFigures after = ProcessFigures.of(fleet.daemon(), servers);
            fleet.requireComplete();
            return new Cost(
                    after.processorTime().minus(before.processorTime()).toNanos() / 1_000.0 / cycles / trackers,
                    after.residentBytes() / 1e6);
        }
    }
}
