package org.trackerreports.store;

import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.trackerreports.store.server.ServerKind;

/** Runs the tests of a class on each kind of server, with one fresh store for the class. Subclasses say {@code @ParameterizedClass}. */
@ExtendWith(ServerKind.StopAtTheEnd.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnEveryServer {

    @Parameter
    ServerKind kind;

    StoreFixture fixture;

    @BeforeParameterizedClassInvocation
    void openStore() {
        fixture = new StoreFixture(kind);
    }

    @AfterParameterizedClassInvocation
    void closeStore() {
        if (fixture != null) {
            fixture.close();
        }
    }
}
