package org.trackerreports.tools.fetch;

import java.time.Instant;
import java.util.concurrent.Callable;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.ToolCommand;
import picocli.CommandLine.Mixin;

/** A command that requests the reports of trackers now. */
abstract class RequestCommand extends ToolCommand implements Callable<Integer> {

    @Mixin
    private FetchOptions options;

    private final FetchParts parts;

    RequestCommand(CommandContext context, FetchParts parts) {
        super(context);
        this.parts = parts;
    }

    /** What the command works with. */
    final FetchParts parts() {
        return parts;
    }

    /** The present time. */
    final Instant now() {
        return parts.clock().instant();
    }

    /**
     * The session that makes the requests for the trackers of the command line.
     *
     * @param inDatabase whether the trackers must be in the database, to store or compare their reports
     */
    final FetchSession session(boolean inDatabase) throws CommandFailure {
        return new FetchSession(parts, options, terminal(), err(), this::note).forTrackers(inDatabase);
    }
}
