package org.trackerreports.fetcher.daemon;

import jakarta.inject.Inject;
import java.time.Clock;
import org.trackerreports.fetcher.account.AccountBudget;
import org.trackerreports.fetcher.account.AccountRequests;
import org.trackerreports.fetcher.account.AccountStates;
import org.trackerreports.fetcher.event.FetcherListeners;
import org.trackerreports.fetcher.pipeline.ReportDecoder;
import org.trackerreports.fetcher.pipeline.ReportWriter;

/** What the workers of all accounts share. */
record WorkerParts(
        AccountStates states,
        AccountRequests requests,
        AccountBudget budget,
        WorkBatch work,
        ReportDecoder decoder,
        ReportWriter writer,
        QueueKeeper keeper,
        Outages outages,
        FetcherListeners listeners,
        StopSignal stop,
        Clock clock) {

    @Inject
    WorkerParts {}
}
