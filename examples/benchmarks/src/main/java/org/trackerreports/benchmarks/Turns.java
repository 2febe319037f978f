package org.trackerreports.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures several things in turns: each once, then each again, so that a busy minute of the machine falls on all. Not thread-safe. */
public final class Turns {

    /** One measurement. */
    public interface Sample {

        /** Measures once. */
        double measure() throws Exception;
    }

    private final Map<String, Sample> samples = new LinkedHashMap<>();

    /** Adds something to measure. */
    public Turns with(String name, Sample sample) {
        samples.put(name, sample);
        return this;
    }

    /** Measures everything, in the order in which it was added. */
    public List<Series> measure(Setting setting) throws Exception {
        int rounds = setting.effort().rounds();
        Map<String, double[]> values = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, Sample> sample : samples.entrySet()) {
                double value = sample.getValue().measure();
                values.computeIfAbsent(sample.getKey(), name -> new double[rounds])[round] = value;
                setting.tell("  " + sample.getKey() + ": " + new Series("", value).text());
            }
        }
        List<Series> series = new ArrayList<>();
        values.forEach((name, figures) -> series.add(new Series(name, Arrays.copyOf(figures, rounds))));
        return series;
    }
}
