package org.trackerreports.fetcher.daemon;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.config.Role;
import org.trackerreports.core.embedded.DataDirectory;
import org.trackerreports.core.event.Listeners;
import org.trackerreports.core.lifecycle.StopSignal;
import org.trackerreports.core.pipeline.TrackerLoader;
import org.trackerreports.core.wiring.ListenerBindings;
import org.trackerreports.fetcher.deliver.DeliverSettings;
import org.trackerreports.fetcher.event.DaemonListener;
import org.trackerreports.fetcher.spool.Spool;
import org.trackerreports.findmy.fetch.RequestPlanner;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.queue.WorkerId;
import org.trackerreports.server.route.Route;
import org.trackerreports.store.movement.JudgingSettings;

/** Wires the parts that only the daemon has. */
public final class DaemonModule extends AbstractModule {

    /** A step of the judgement takes a second or less with so many. */
    private static final int REPORTS_IN_A_STEP = 2_000;

    /** Of a process that was killed, another one takes over after this time. */
    private static final Duration CLAIM_OF_A_SINK = Duration.ofSeconds(30);

    /** As many as Dawarich takes at once. */
    private static final int EVENTS_OF_A_SINK = 1_000;

    @Override
    protected void configure() {
        ListenerBindings.bind(binder(), DaemonListener.class);
        bind(StopSignal.class).in(Singleton.class);
        bind(Outages.class).in(Singleton.class);
        bind(QueueReconciler.class).in(Singleton.class);
        bind(HistoryMaintenance.class).in(Singleton.class);
        bind(SpoolDrain.class).in(Singleton.class);
        bind(Fetching.class).in(Singleton.class);
        bind(Mover.class).in(Singleton.class);
        bind(Serving.class).in(Singleton.class);
        Multibinder.newSetBinder(binder(), Route.class);
        bind(Deliverer.class).in(Singleton.class);
        bind(Daemon.class).in(Singleton.class);
    }

    @Provides
    @Singleton
    Spool spool(
            Configuration configuration,
            Provider<DataDirectory> data,
            WorkerId worker,
            Listeners<DaemonListener> listeners,
            Clock clock)
            throws IOException {
        Path directory =
                configuration.find(Options.SPOOL_DIR).orElseGet(() -> data.get().resolve("spool"));
        return Spool.open(directory, worker.value(), configuration.get(Options.SPOOL_LIMIT), listeners, clock);
    }

    @Provides
    @Singleton
    Fetching.VerifyInterval verifyInterval(Configuration configuration) {
        return new Fetching.VerifyInterval(configuration.get(Options.QUEUE_VERIFY_INTERVAL));
    }

    @Provides
    @Singleton
    WorkBatch work(
            TrackerQueue queue,
            WorkerId worker,
            TrackerLoader loader,
            RequestPlanner planner,
            Configuration configuration,
            Clock clock) {
        return new WorkBatch(queue, worker, loader, planner, configuration.get(Options.MAX_KEYS_PER_BATCH), clock);
    }

    @Provides
    @Singleton
    Set<Role> roles(Configuration configuration) {
        return configuration.get(Options.ROLES);
    }

    @Provides
    @Singleton
    MoveSettings moveSettings(Configuration configuration, WorkerId worker) {
        return new MoveSettings(
                new JudgingSettings(
                        worker.value(),
                        REPORTS_IN_A_STEP,
                        configuration.get(Options.MOVE_MIN_CONFIDENCE),
                        // Answers can wait on disk before they are stored.
                        configuration.get(Options.MAX_REPORT_AGE_DAYS).plusDays(1)),
                configuration.get(Options.SILENT_AFTER),
                configuration.get(Options.FEED_RETENTION_DAYS));
    }

    @Provides
    @Singleton
    DeliverSettings deliverSettings(Configuration configuration, WorkerId worker) {
        return new DeliverSettings(
                worker.value(),
                CLAIM_OF_A_SINK,
                EVENTS_OF_A_SINK,
                configuration.get(Options.DELIVER_UNJUDGED),
                configuration.get(Options.MAX_REPORT_AGE_DAYS).plusDays(1),
                configuration.get(Options.FEED_RETENTION_DAYS));
    }
}
