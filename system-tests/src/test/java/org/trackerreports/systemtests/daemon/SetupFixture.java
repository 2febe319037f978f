package org.trackerreports.systemtests.daemon;

import java.net.URI;
import org.trackerreports.fetcher.daemon.Serving;

/** A daemon with the set-up, and whoever calls it from loopback without a token. */
abstract class SetupFixture extends SystemFixture {

    SetupClient setup;

    void startDaemon() throws Exception {
        startDaemon("fetch,move,serve");
    }

    void startDaemon(String roles) throws Exception {
        system.with("ROLES", roles).with("WEB_PORT", "0").startDaemon();
        setup = new SetupClient(address());
    }

    void restartDaemon() throws Exception {
        system.stopDaemon();
        startDaemon();
    }

    final URI address() {
        return system.fetcher().get(Serving.class).address().orElseThrow();
    }
}
