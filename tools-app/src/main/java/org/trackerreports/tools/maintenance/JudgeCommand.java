package org.trackerreports.tools.maintenance;

import jakarta.inject.Inject;
import java.util.concurrent.Callable;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.movement.MovementJudge;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.feed.Feed;
import org.trackerreports.store.feed.FeedPlace;
import org.trackerreports.store.movement.Judging;
import org.trackerreports.store.movement.JudgingBacklog;
import org.trackerreports.store.movement.JudgingResult;
import org.trackerreports.store.movement.JudgingSettings;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.Installation;
import org.trackerreports.tools.command.InstallationCommand;
import org.trackerreports.tools.text.Progress;
import picocli.CommandLine.Command;

/** Judges everything that is stored. Each step is a transaction, so it can be interrupted and repeated. */
@Command(name = "judge")
final class JudgeCommand extends InstallationCommand implements Callable<Integer> {

    private static final String INSTANCE =
            "tools db judge " + ProcessHandle.current().pid();
    private static final int REPORTS_IN_A_STEP = 5_000;
    private static final int STEPS_BETWEEN_LOOKS = 20;

    private long reports;
    private long flagged;
    private long raised;
    private long withdrawn;

    @Inject
    JudgeCommand(CommandContext context, Installation installation) {
        super(context, installation);
    }

    @Override
    public Integer call() {
        ReportStore store = installation().store();
        boolean done;
        try {
            done = judge(store);
        } finally {
            // From now on nobody is to take the latest positions for up to date because of this command.
            store.feed().release(Feed.JUDGE, INSTANCE);
        }
        if (!done) {
            err().println("Another process judges now, so this command did "
                    + (reports == 0 ? "nothing" : "only a part") + ". How far it is: findmy tools db status");
            return ExitCode.UNAVAILABLE;
        }
        // Flags decide which report an hour and a day show.
        store.history().refresh();
        out().println(reports + " reports were judged: " + flagged + " flags given, " + raised + " transitions found, "
                + withdrawn + " withdrawn.");
        return ExitCode.DONE;
    }

    /** Judges what was stored before now, however much is stored meanwhile; false if another process is at it. */
    private boolean judge(ReportStore store) {
        Judging judging = store.judging();
        JudgingSettings settings = new JudgingSettings(
                INSTANCE,
                REPORTS_IN_A_STEP,
                installation().configuration().get(Options.MOVE_MIN_CONFIDENCE),
                installation().configuration().get(Options.MAX_REPORT_AGE_DAYS).plusDays(1));
        MovementJudge judge = new MovementJudge();
        store.feed().number();
        FeedPlace end = store.feed().end();
        long waiting = waiting(judging.backlog());
        try (Progress progress = progress("reports judged", 0)) {
            for (int step = 1; ; step++) {
                JudgingResult result = judging.step(judge, settings);
                if (result.busy()) {
                    return false;
                }
                add(result);
                if (!result.more()) {
                    return true;
                }
                if (step % STEPS_BETWEEN_LOOKS == 0) {
                    JudgingBacklog left = judging.backlog();
                    if (left.storedBefore() + left.due() == 0 && isPast(store.feed(), end)) {
                        return true;
                    }
                    progress.done(reports, 1 - (double) waiting(left) / Math.max(1, waiting));
                }
            }
        }
    }

    private static boolean isPast(Feed feed, FeedPlace end) {
        return feed.cursor(Feed.JUDGE)
                .filter(cursor -> cursor.place().position() >= end.position())
                .isPresent();
    }

    private static long waiting(JudgingBacklog backlog) {
        return backlog.storedBefore() + backlog.due() + backlog.lag().events();
    }

    private void add(JudgingResult result) {
        reports += result.reports();
        flagged += result.flags().values().stream().mapToInt(Integer::intValue).sum();
        raised += result.raised();
        withdrawn += result.withdrawn();
    }
}
