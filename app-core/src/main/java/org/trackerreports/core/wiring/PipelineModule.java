package org.trackerreports.core.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.trackerreports.core.account.AccountRequests;
import org.trackerreports.core.account.AccountStates;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.event.FetchListener;
import org.trackerreports.core.lifecycle.DaemonThreads;
import org.trackerreports.core.pipeline.ReportDecoder;
import org.trackerreports.core.pipeline.ReportWriter;
import org.trackerreports.core.pipeline.TrackerLoader;
import org.trackerreports.findmy.fetch.RequestPlanner;
import org.trackerreports.findmy.report.ReportDecryptor;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.city.CityFinder;

/** The steps of fetching: accounts, planning, decrypting and storing. */
final class PipelineModule extends AbstractModule {

    @Override
    protected void configure() {
        ListenerBindings.bind(binder(), FetchListener.class);
        bind(AccountStates.class).in(Singleton.class);
        bind(AccountRequests.class).in(Singleton.class);
        bind(TrackerLoader.class).in(Singleton.class);
    }

    @Provides
    @Singleton
    RequestPlanner planner(Configuration configuration) {
        return new RequestPlanner(
                configuration.get(Options.MAX_IDS_PER_REQUEST), configuration.get(Options.MAX_REPORT_AGE_DAYS));
    }

    @Provides
    @Singleton
    ReportDecoder decoder(ReportDecryptor decryptor, Resources resources) {
        ExecutorService threads = Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(), DaemonThreads.named("decrypt"));
        AutoCloseable shutdown = threads::shutdown;
        resources.closing(shutdown);
        return new ReportDecoder(decryptor, threads);
    }

    @Provides
    @Singleton
    ReportWriter writer(ReportStore store, CityFinder cities, Configuration configuration, Clock clock) {
        return new ReportWriter(store, cities, configuration.get(Options.MAX_REPORT_AGE_DAYS), clock);
    }
}
