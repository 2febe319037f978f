package org.trackerreports.store.sink;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is kept of programs that are told what happened. How far each of them is stands in the feed, under the consumer {@link #consumer}.
 * Thread-safe.
 */
public interface Sinks {

    /** The name under which the feed knows a sink. */
    static String consumer(String sink) {
        return "sink:" + sink;
    }

    /** Makes a sink known. What is kept of it stays. */
    void register(String name, String type);

    /** All sinks, by name. */
    List<SinkState> list();

    Optional<SinkState> find(String name);

    /**
     * Notes that a sink works.
     *
     * @param delivered how many events it got now
     * @param doneUntil when the last event that is done was stored; empty if that stays as it is
     */
    void working(String name, int delivered, Optional<Instant> doneUntil);

    /**
     * Notes that a sink cannot be reached.
     *
     * @param delivered how many events it got before
     */
    void waiting(String name, SinkState.Condition condition, int attempts, Instant until, String error, int delivered);

    /**
     * Notes that a sink wants nothing any more.
     *
     * @param delivered how many events it got before
     */
    void switchedOff(String name, String reason, int delivered);

    /**
     * Pauses a sink.
     *
     * @return false if there is none of this name
     */
    boolean pause(String name);

    /**
     * Lets a sink go on at once, whatever it waited for.
     *
     * @return false if there is none of this name
     */
    boolean resume(String name);

    /**
     * Lets a sink get reports again, besides what it gets anyway; empty ends that.
     *
     * @return false if there is none of this name
     */
    boolean replay(String name, Optional<SinkReplay> replay);

    /** Forgets a sink and everything that is kept of it, its place in the feed included. */
    void remove(String name);

    /** What sinks refused. */
    SinkFailures failures();

    /** What sinks were told of transitions. */
    SinkAlerts alerts();

    /** What sinks have published. */
    SinkPositions positions();

    /** What sinks were not told. */
    SinkWithheld withheld();

    /** What sinks are told. */
    SinkReading reading();
}
