package org.trackerreports.tools.tracker;

import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.tracker.ChangeOutcome;
import org.trackerreports.tools.command.CommandFailure;

/** What became of a change, for people. */
final class Changes {

    private Changes() {}

    /** @throws CommandFailure if it was not made, with the reason */
    static void require(String name, ChangeOutcome outcome) throws CommandFailure {
        switch (outcome.kind()) {
            case CHANGED -> {}
            case REFUSED ->
                throw new CommandFailure(
                        ExitCode.FAILED,
                        name + " was not changed: " + ((ChangeOutcome.Refused) outcome).reason() + ".");
            case UNKNOWN ->
                throw new CommandFailure(ExitCode.FAILED, name + " was removed by somebody else meanwhile.");
        }
    }
}
