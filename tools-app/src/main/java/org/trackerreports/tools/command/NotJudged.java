package org.trackerreports.tools.command;

import java.util.Optional;
import org.trackerreports.store.movement.JudgingBacklog;

/** Says that reports wait to be judged, for commands that show what follows from judgements. */
public final class NotJudged {

    private NotJudged() {}

    /** What waits although nobody judges, or what was stored before there was a judgement; empty if the judgements are up to date. */
    public static Optional<String> note(JudgingBacklog backlog) {
        if (backlog.storedBefore() > 0) {
            return Optional.of(trackers(backlog.storedBefore()) + " not been judged yet; " + nextStep(backlog));
        }
        long waiting = backlog.lag().events() + backlog.due();
        return waiting == 0 || backlog.judged()
                ? Optional.empty()
                : Optional.of("The newest changes have not been judged yet; " + nextStep(backlog));
    }

    private static String trackers(long count) {
        return count == 1
                ? "The reports of 1 tracker from before the judgement have"
                : "The reports of " + count + " trackers from before the judgement have";
    }

    /** Who judges, or how to. */
    public static String nextStep(JudgingBacklog backlog) {
        return backlog.judged()
                ? "a process is at it."
                : "the daemon does it while it runs, or do it now: findmy tools db judge";
    }
}
