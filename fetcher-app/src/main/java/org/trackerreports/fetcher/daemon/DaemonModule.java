package org.trackerreports.fetcher.daemon;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.time.Clock;
import org.trackerreports.fetcher.config.Configuration;
import org.trackerreports.fetcher.config.Options;
import org.trackerreports.fetcher.pipeline.FetchPlanner;
import org.trackerreports.fetcher.pipeline.TrackerLoader;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.queue.WorkerId;

/** The parts that are the daemon's alone. */
public final class DaemonModule extends AbstractModule {

    @Override
    protected void configure() {
        bind(StopSignal.class).in(Singleton.class);
        bind(Outages.class).in(Singleton.class);
        bind(QueueKeeper.class).in(Singleton.class);
        bind(HistoryKeeper.class).in(Singleton.class);
        bind(Daemon.class).in(Singleton.class);
    }

    @Provides
    @Singleton
    WorkBatch work(
            TrackerQueue queue,
            WorkerId worker,
            TrackerLoader loader,
            FetchPlanner planner,
            Configuration configuration,
            Clock clock) {
        return new WorkBatch(queue, worker, loader, planner, configuration.get(Options.MAX_KEYS_PER_BATCH), clock);
    }
}
