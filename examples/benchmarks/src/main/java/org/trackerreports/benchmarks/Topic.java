package org.trackerreports.benchmarks;

import java.util.function.Consumer;

/** Something whose speed is measured. */
public interface Topic {

    /**
     * Measures.
     *
     * @param results receives each comparison as soon as it is measured
     */
    void measure(Setting setting, Consumer<Comparison> results) throws Exception;
}
