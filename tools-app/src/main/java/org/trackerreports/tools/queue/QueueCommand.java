package org.trackerreports.tools.queue;

import picocli.CommandLine.Command;

/** The queue. */
@Command(
        name = "queue",
        description = "Looks after the queue of trackers that are to be fetched.",
        mixinStandardHelpOptions = true,
        subcommands = {
            QueueStatusCommand.class,
            QueueShowCommand.class,
            QueueRequeueCommand.class,
            QueuePauseCommand.class,
            QueueResumeCommand.class,
            QueueVerifyCommand.class
        })
public final class QueueCommand {}
