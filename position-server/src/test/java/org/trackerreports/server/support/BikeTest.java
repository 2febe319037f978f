package org.trackerreports.server.support;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests of a class that share one world. */
public abstract class BikeTest {

    protected static BikeWorld world;

    @BeforeAll
    static void start() {
        world = new BikeWorld();
    }

    @AfterAll
    static void stop() {
        world.close();
    }
}
