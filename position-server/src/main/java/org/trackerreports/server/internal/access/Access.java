package org.trackerreports.server.internal.access;

import org.trackerreports.server.route.Answer;
import org.trackerreports.server.route.Caller;
import org.trackerreports.server.settings.ServerListener.Refusal;

/** Whether a request may be done. */
public sealed interface Access {

    /** Which of the outcomes this is. */
    enum Kind {
        GRANTED,
        REFUSED
    }

    Kind kind();

    record Granted(Caller caller) implements Access {

        @Override
        public Kind kind() {
            return Kind.GRANTED;
        }
    }

    /**
     * It may not.
     *
     * @param answer says why, and what to do
     */
    record Refused(Refusal reason, Answer answer) implements Access {

        @Override
        public Kind kind() {
            return Kind.REFUSED;
        }
    }
}
