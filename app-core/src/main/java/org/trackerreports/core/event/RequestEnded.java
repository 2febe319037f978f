package org.trackerreports.core.event;

import java.time.Duration;

/**
 * A request to the report service ended. It took from the account's budget, whatever came of it.
 *
 * @param account the account's alias
 * @param took from the beginning to the end
 * @param trackers how many trackers were asked for
 * @param mostTrackers how many could have been asked for: the batch size in use
 * @param idsAsked how many hashed keys were asked for
 * @param idsAnswered for how many of them there was at least one report
 */
public record RequestEnded(
        String account,
        RequestResult result,
        Duration took,
        int trackers,
        int mostTrackers,
        int idsAsked,
        int idsAnswered) {}
