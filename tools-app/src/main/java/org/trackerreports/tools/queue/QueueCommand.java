package org.trackerreports.tools.queue;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.List;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.store.ReportStore;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.command.TrackerSelection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The commands of the queue; those that change it are the methods. */
@Command(
        name = "queue",
        description = "Shows and changes the queue of trackers to fetch.",
        footer = {"", "Example: findmy tools queue status"},
        subcommands = {QueueStatusCommand.class, QueueShowCommand.class, QueueVerifyCommand.class})
public final class QueueCommand extends ToolCommand {

    private final Provider<TrackerQueue> queueProvider;
    private final Provider<ReportStore> storeProvider;

    @Inject
    QueueCommand(CommandContext context, Provider<TrackerQueue> queueProvider, Provider<ReportStore> storeProvider) {
        super(context);
        this.queueProvider = queueProvider;
        this.storeProvider = storeProvider;
    }

    @Command(
            name = "requeue",
            description = {
                "Makes trackers due now. Trackers that are leased, paused or already due stay as they are.",
                "The accounts' budgets still apply."
            },
            footer = {"", "Example: findmy tools queue requeue Bike"},
            mixinStandardHelpOptions = true)
    int requeue(@Mixin TrackerSelection selection) throws CommandFailure {
        TrackerQueue queue = queueProvider.get();
        if (selection.isAll()) {
            return done(queue.requeueAllNow() + " trackers are due now.");
        }
        List<String> ids = ids(selection);
        return done(queue.requeueNow(ids) + " of " + ids.size()
                + " trackers are due now; the others were already due, are leased, or are not in the queue.");
    }

    @Command(
            name = "pause",
            description = "Pauses trackers until they are resumed; --all pauses the whole queue.",
            footer = {"", "Example: findmy tools queue pause Bike"},
            mixinStandardHelpOptions = true)
    int pause(@Mixin TrackerSelection selection) throws CommandFailure {
        TrackerQueue queue = queueProvider.get();
        if (selection.isAll()) {
            queue.pauseAll();
            return done("The queue is paused. Resume it: findmy tools queue resume --all");
        }
        List<String> ids = ids(selection);
        return done(queue.pause(ids) + " of " + ids.size() + " trackers are paused now.");
    }

    @Command(
            name = "resume",
            description = "Resumes paused trackers; --all resumes the whole queue.",
            footer = {"", "Example: findmy tools queue resume Bike"},
            mixinStandardHelpOptions = true)
    int resume(@Mixin TrackerSelection selection) throws CommandFailure {
        TrackerQueue queue = queueProvider.get();
        if (selection.isAll()) {
            queue.resumeAll();
            return done("The queue is resumed; trackers that were paused by name stay paused.");
        }
        List<String> ids = ids(selection);
        return done(queue.resume(ids) + " of " + ids.size() + " trackers were resumed.");
    }

    private List<String> ids(TrackerSelection selection) throws CommandFailure {
        return selection.trackers(storeProvider.get()).stream()
                .map(tracker -> Long.toString(tracker.id()))
                .toList();
    }

    private int done(String message) {
        out().println(message);
        return ExitCode.DONE;
    }
}
