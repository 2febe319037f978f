package org.trackerreports.tools.command;

import org.trackerreports.core.diagnosis.Advice;
import org.trackerreports.tools.text.Shell;

/** Names the command that does what an {@link Advice} says. */
public final class AdvisedCommand {

    private AdvisedCommand() {}

    /** For advice about a tracker. */
    public static String of(Advice advice, String tracker) {
        String name = Shell.word(tracker);
        return switch (advice.action()) {
            case ENABLE_TRACKER -> "findmy tools trackers enable " + name;
            case RESUME_QUEUE -> "findmy tools queue resume --all";
            case RESUME_TRACKER -> "findmy tools queue resume " + name;
            case REQUEUE_TRACKER -> "Correct the cause, then: findmy tools queue requeue " + name;
            case FILL_QUEUE -> "Start the daemon (findmy fetcher), or: findmy tools queue verify";
            case START_FETCHING -> "findmy fetcher";
            case PLAN -> "findmy tools plan";
            case OTHER_NETWORK -> "Try it from another network, such as one at home: findmy tools fetch " + name;
            case SIGN_IN, UNLOCK_ACCOUNT, RESUME_ACCOUNT, NOTHING, WAIT, OTHER -> of(advice);
        };
    }

    /** For advice about an account, or about nothing in particular. */
    public static String of(Advice advice) {
        String alias = Shell.word(advice.account().orElse("main"));
        String login = "findmy tools login --account " + alias;
        return switch (advice.action()) {
            case SIGN_IN -> login;
            case UNLOCK_ACCOUNT -> "Unlock it at the service, then: " + login;
            case RESUME_ACCOUNT -> "findmy tools accounts resume " + alias;
            case ENABLE_TRACKER,
                    RESUME_QUEUE,
                    RESUME_TRACKER,
                    REQUEUE_TRACKER,
                    FILL_QUEUE,
                    START_FETCHING,
                    PLAN,
                    OTHER_NETWORK,
                    NOTHING,
                    WAIT,
                    OTHER -> advice.words();
        };
    }
}
