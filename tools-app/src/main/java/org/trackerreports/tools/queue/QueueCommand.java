package org.trackerreports.tools.queue;

import picocli.CommandLine.Command;

/** The queue. */
@Command(
        name = "queue",
        description = "Looks after the queue of trackers that are to be fetched.",
        footer = {"", "Example: findmy tools queue status"},
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
