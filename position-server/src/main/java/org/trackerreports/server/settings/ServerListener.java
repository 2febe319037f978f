package org.trackerreports.server.settings;

import java.time.Duration;

/** Is told what the server does, for metrics. Called on the threads of requests, by several at once: it must be quick. */
public interface ServerListener {

    /** Listens to nothing. */
    ServerListener NONE = new ServerListener() {};

    /** Why a request was refused before anything was read. */
    enum Refusal {
        /** No token, a wrong one, one that has ended, or one whose scope is too small. */
        TOKEN,
        /** Too many wrong tokens. */
        TRIES,
        /** A foreign origin, or a name of this machine that it does not have. */
        ORIGIN,
        /** Too many streams or exports at once. */
        BUSY
    }

    /** A request was answered. A stream of events counts when it begins. */
    default void requestEnded(int status, Duration time) {}

    default void refused(Refusal reason) {}

    /** The number of open streams of events. */
    default void streamsOpen(int number) {}

    /** A stream was ended because its reader was too slow. */
    default void streamCut() {}
}
