package org.trackerreports.benchmarks.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.trackerreports.benchmarks.Comparison;
import org.trackerreports.benchmarks.LocalServers;
import org.trackerreports.benchmarks.Series;
import org.trackerreports.benchmarks.Setting;
import org.trackerreports.benchmarks.Topic;

/** Processor time per turn of a tracker, and memory of the daemon, for growing numbers of trackers, in turns. */
public final class GrowthTopic implements Topic {

    /** Each round of a million trackers takes a quarter of an hour. */
    private static final int MOST_ROUNDS = 3;

    private record Cost(double microsPerTurn, double residentMegabytes) {}

    @Override
    public void measure(Setting setting, Consumer<Comparison> results) throws Exception {
        List<Integer> sizes = setting.effort().fleetSizes();
        Map<Integer, List<Cost>> costs = new LinkedHashMap<>();
        for (int round = 0; round < Math.min(MOST_ROUNDS, setting.effort().rounds()); round++) {
            for (int trackers : sizes) {
                Cost cost = measure(setting, trackers);
                setting.tell(String.format(
                        "  %,d trackers: %.0f microseconds for each turn, %.0f MB",
                        trackers, cost.microsPerTurn(), cost.residentMegabytes()));
                costs.computeIfAbsent(trackers, size -> new ArrayList<>()).add(cost);
            }
        }
        int smallest = sizes.get(0);
        for (int trackers : sizes.subList(1, sizes.size())) {
            results.accept(comparison(
                    "processor time for a tracker's turn, daemon and servers, " + title(trackers),
                    "µs",
                    series(costs, trackers, Cost::microsPerTurn),
                    series(costs, smallest, Cost::microsPerTurn)));
            results.accept(comparison(
                    "resident memory of the daemon, " + title(trackers),
                    "MB",
                    series(costs, trackers, Cost::residentMegabytes),
                    series(costs, smallest, Cost::residentMegabytes)));
        }
    }

    private static Series series(Map<Integer, List<Cost>> costs, int trackers, ToDoubleFunction<Cost> figure) {
        List<Cost> rounds = Objects.requireNonNull(costs.get(trackers));
        return new Series(title(trackers), rounds.stream().mapToDouble(figure).toArray());
    }

    private static String title(int trackers) {
        return String.format("%,d trackers", trackers);
    }

    private static Comparison comparison(String what, String unit, Series own, Series other) {
        return new Comparison(what, unit, Comparison.Kind.COST, own, other);
    }

    private static Cost measure(Setting setting, int trackers) throws Exception {
        Path directory = setting.newDirectory("growth");
        setting.tell("  preparing " + String.format("%,d", trackers) + " trackers");
        try (LocalServers servers = LocalServers.start(setting);
                Services services = new Services(directory, trackers, 1, FetcherFleet.accounts(trackers), 0);
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
