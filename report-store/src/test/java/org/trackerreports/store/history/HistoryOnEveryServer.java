package org.trackerreports.store.history;

import java.time.Instant;
import org.trackerreports.store.server.OnEveryServer;

/** Tests of the history of one store, on each kind of server. */
abstract class HistoryOnEveryServer extends OnEveryServer {

    /** A Monday; days before the fixture's present. */
    static final Instant DAY = Instant.parse("2026-06-08T00:00:00Z");

    final History history() {
        return fixture.store.history();
    }
}
