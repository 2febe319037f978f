package org.trackerreports.benchmarks;

import java.util.function.Consumer;

/** Something whose speed is measured. */
public interface Topic {

    /**
     * Measures.
     *
     * @param results takes each comparison as soon as it is there
     */
    void measure(Setting setting, Consumer<Comparison> results) throws Exception;
}
