package org.trackerreports.fetcher.daemon;

import jakarta.inject.Inject;
import java.time.Clock;
import org.trackerreports.fetcher.account.AccountBudget;
import org.trackerreports.fetcher.account.AccountSessions;
import org.trackerreports.fetcher.event.FetcherListeners;
import org.trackerreports.fetcher.pipeline.ReportDecoder;
import org.trackerreports.fetcher.pipeline.ReportWriter;
import org.trackerreports.findmy.fetch.ReportService;

/** What the workers of all accounts share. */
record WorkerParts(
        AccountSessions sessions,
        AccountBudget budget,
        WorkBatch work,
        ReportService service,
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
