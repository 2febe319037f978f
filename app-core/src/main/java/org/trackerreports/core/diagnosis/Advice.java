package org.trackerreports.core.diagnosis;

import java.util.Locale;
import java.util.Optional;

/**
 * What helps, for a person. The command line names the command for it, the set-up page offers a button.
 *
 * @param action what to do
 * @param account the alias of the account that it is about, if it is about one
 * @param words the same in words, without a command
 */
public record Advice(Action action, Optional<String> account, String words) {

    /** What a person can do. */
    public enum Action {
        /** Nothing. */
        NOTHING,
        /** Wait: it goes on by itself. */
        WAIT,
        /** Sign an account in. */
        SIGN_IN,
        /** Unlock an account at the service, then sign it in. */
        UNLOCK_ACCOUNT,
        /** Resume an account that a person paused. */
        RESUME_ACCOUNT,
        /** Enable the tracker. */
        ENABLE_TRACKER,
        /** Resume the whole queue. */
        RESUME_QUEUE,
        /** Resume the tracker in the queue. */
        RESUME_TRACKER,
        /** Correct the cause of its failures, then put the tracker back into the queue. */
        REQUEUE_TRACKER,
        /** Have the queue filled. */
        FILL_QUEUE,
        /** Start a process with the role {@code fetch}. */
        START_FETCHING,
        /** Compute how many accounts the trackers need. */
        PLAN,
        /** Fetch from another network. */
        OTHER_NETWORK,
        /** Anything else, which the words say. */
        OTHER;

        /** The name as programs read it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Advice that is about no account. */
    public static Advice of(Action action, String words) {
        return new Advice(action, Optional.empty(), words);
    }
}
