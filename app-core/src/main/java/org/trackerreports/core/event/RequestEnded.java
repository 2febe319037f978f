package org.trackerreports.core.event;

import java.time.Duration;

/**
 * A request to the report service ended. It counts against the account's budget, whatever its result.
 *
 * @param account the account's alias
 * @param took how long it took
 * @param trackers how many trackers it was for
 * @param mostTrackers the batch size: how many trackers it could have been for
 * @param idsAsked how many hashed keys it contained
 * @param idsAnswered how many of them had at least one report
 */
public record RequestEnded(
        String account,
        RequestResult result,
        Duration took,
        int trackers,
        int mostTrackers,
        int idsAsked,
        int idsAnswered) {}
