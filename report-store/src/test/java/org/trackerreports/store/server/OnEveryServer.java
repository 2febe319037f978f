package org.trackerreports.store.server;

import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** Runs the tests of a class on each kind of server, with one fresh store for the class. Subclasses say {@code @ParameterizedClass}. */
@ExtendWith(ServerKind.StopAtTheEnd.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class OnEveryServer {

    @Parameter
    public ServerKind kind;

    public StoreFixture fixture;

    @BeforeParameterizedClassInvocation
    public void openStore() {
        fixture = new StoreFixture(kind);
    }

    @AfterParameterizedClassInvocation
    public void closeStore() {
        if (fixture != null) {
            fixture.close();
        }
    }
}
