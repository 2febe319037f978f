package org.trackerreports.store.feed;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything that happened to reports and trackers, once, in the order of commits. A transaction announces itself; a position in the feed
 * is given later, by one session at a time, so that no reader can pass a transaction that commits late.
 *
 * <p>A consumer has a cursor. {@link #claim Claim} it, {@link #read read} what follows, deliver it without an open transaction, and
 * {@link #advance advance} the cursor. Delivery is at least once: if the instance ends in between, another one reads the same again.
 * The consumer {@link #JUDGE} reads ahead of all others, who are told of a report only after it was judged. Thread-safe.
 */
public interface Feed {

    /** The consumer that judges reports. */
    String JUDGE = "move";

    /**
     * Gives positions to the transactions that have committed, unless another session is doing so.
     *
     * @return the number of transactions
     */
    int number();

    /**
     * Reads what follows a place, up to what is judged.
     *
     * @param limit a number of items, at least 1
     */
    FeedReading read(FeedPlace after, int limit);

    /** As {@link #read}, including what is not judged yet. */
    FeedReading readUnjudged(FeedPlace after, int limit);

    /** After everything that is in the feed now. */
    FeedPlace end();

    /**
     * Claims a cursor for an instance, or extends its claim. A consumer without a cursor gets one.
     *
     * @param owner identifies the instance
     * @param time until another instance may claim it
     * @param start where a new consumer begins
     * @return where to read on; empty while another instance has the claim
     */
    Optional<FeedPlace> claim(String consumer, String owner, Duration time, FeedPlace start);

    /**
     * Moves a claimed cursor forward.
     *
     * @return false if another instance has claimed it since, or somebody moved it; then claim it again
     */
    boolean advance(String consumer, String owner, FeedPlace from, FeedPlace to);

    /** Ends a claim, so that another instance need not wait; of {@link #JUDGE}: nobody judges until another instance does. */
    void release(String consumer, String owner);

    /** Sets a cursor, whoever has it. That instance notices at its next move. */
    void reset(String consumer, FeedPlace place);

    /** Forgets a consumer, so that the feed no longer waits for it. */
    void forget(String consumer);

    /** The cursor of a consumer, if it has one. */
    Optional<FeedCursor> cursor(String consumer);

    /** All cursors, by name. */
    List<FeedCursor> cursors();

    /** How far a place is behind the newest transaction, including those without a position. */
    FeedLag lag(FeedPlace place);

    /** Whether a process judged reports, or looked for some, within the last three minutes. */
    boolean isJudged();

    /**
     * Removes what every consumer has passed, and what is older than a time. Does nothing while another session writes to the feed. If that
     * removes what was not judged, whoever judges next judges everything once more.
     *
     * @param atLeast what is younger stays in any case, for readers without a cursor
     * @param atMost what is older goes in any case
     * @return the number of entries removed
     */
    long purge(Duration atLeast, Duration atMost);

    /** Listens for new transactions. Holds a connection until it is closed. */
    FeedListener listen();

    /** Listens for what was judged, which {@link #read} returns then. Holds a connection until it is closed. */
    FeedListener listenJudged();
}
