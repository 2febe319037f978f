package org.trackerreports.fetcher.daemon;

import jakarta.inject.Inject;
import java.time.Clock;
import org.trackerreports.fetcher.account.AccountBudget;
import org.trackerreports.fetcher.account.AccountRequests;
import org.trackerreports.fetcher.account.AccountStates;
import org.trackerreports.fetcher.event.FetcherListeners;

/** What the workers of all accounts share. */
record WorkerParts(
        AccountStates states,
        AccountRequests requests,
        AccountBudget budget,
        WorkBatch work,
        AnswerKeeper answers,
        Outages outages,
        FetcherListeners listeners,
        StopSignal stop,
        Clock clock) {

    @Inject
    WorkerParts {}
}
