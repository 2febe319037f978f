package org.trackerreports.benchmarks.store;

import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** A benchmark that is connected to the stored world while it runs. */
public abstract class StoreBenchmark {

    StoredWorld world;

    StoreBenchmark() {}

    /** Connects. */
    @Setup
    public void connect() {
        world = StoredWorld.connect();
    }

    /** Disconnects. */
    @TearDown
    public void disconnect() {
        world.close();
    }
}
