package org.trackerreports.queue;

import org.jspecify.annotations.Nullable;

/**
 * Leases with their outcomes, as give-back.lua takes them: what consecutive leases have in common is sent once, because most leases of a
 * batch come from one claim and end the same way. Not thread-safe.
 */
final class EndedLeases {

    private record Common(WorkerId worker, long token, long until, long epoch, LeaseOutcome outcome) {}

    private final ScriptArguments runs = new ScriptArguments();
    private final ScriptArguments own = new ScriptArguments();
    private @Nullable Common current;
    private int length;

    void add(Lease lease, LeaseOutcome outcome) {
        Common common = new Common(lease.worker(), lease.token(), lease.until().toEpochMilli(), lease.epoch(), outcome);
        if (!common.equals(current)) {
            endRun();
            current = common;
        }
        length++;
        own.add(lease.priority()).add(lease.due().toEpochMilli());
    }

    private void endRun() {
        Common ended = current;
        if (ended != null) {
            runs.add(length)
                    .add(ended.worker().value())
                    .add(ended.token())
                    .add(ended.until())
                    .add(ended.epoch());
            ended.outcome().addTo(runs);
            length = 0;
        }
    }

    /** What runs of leases have in common. Nothing can be added any more. */
    String runs() {
        endRun();
        current = null;
        return runs.text();
    }

    /** What each lease has of its own. */
    String own() {
        return own.text();
    }
}
