package org.trackerreports.fetcher.daemon;

import jakarta.inject.Inject;
import java.time.Clock;
import org.trackerreports.core.account.AccountBudget;
import org.trackerreports.core.account.AccountRequests;
import org.trackerreports.core.account.AccountStates;
import org.trackerreports.core.event.Listeners;
import org.trackerreports.core.lifecycle.StopSignal;
import org.trackerreports.fetcher.event.DaemonListener;

/** The parts that the workers of all accounts share. */
record WorkerParts(
        AccountStates states,
        AccountRequests requests,
        AccountBudget budget,
        WorkBatch work,
        AnswerSink answers,
        Outages outages,
        Listeners<DaemonListener> listeners,
        StopSignal stop,
        Clock clock) {

    @Inject
    WorkerParts {}
}
