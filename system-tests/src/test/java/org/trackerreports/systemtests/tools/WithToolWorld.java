package org.trackerreports.systemtests.tools;

import org.trackerreports.systemtests.SharedInRun;

/** Gives tests the {@link ToolWorld}. */
final class WithToolWorld extends SharedInRun<ToolWorld> {

    WithToolWorld() {
        super(ToolWorld.class, ToolWorld::start);
    }
}
