package org.trackerreports.systemtests.daemon;

import org.trackerreports.systemtests.SharedInRun;

/** Gives tests the {@link SharedServers}. */
final class WithSharedServers extends SharedInRun<SharedServers> {

    WithSharedServers() {
        super(SharedServers.class, SharedServers::new);
    }
}
