package org.trackerreports.fetcher.setup;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.event.FetchListener;
import org.trackerreports.core.lifecycle.GuardedTimer;
import org.trackerreports.core.wiring.Resources;
import org.trackerreports.findmy.anisette.AnisetteProvider;
import org.trackerreports.server.route.Route;

/** Wires the routes of the set-up. Without the role {@code fetch} there is no master key, and nothing that needs it is made. */
public final class SetupModule extends AbstractModule {

    private static final Logger LOG = LoggerFactory.getLogger(SetupModule.class);
    private static final Duration SWEEP = Duration.ofSeconds(30);

    @Override
    protected void configure() {
        Multibinder.newSetBinder(binder(), FetchListener.class).addBinding().to(SetupProgress.class);
        bind(SetupProgress.class).in(Singleton.class);
        bind(SetupHandlers.class).in(Singleton.class);
        bind(SetupRoutes.class).in(Singleton.class);
        Multibinder<Route> routes = Multibinder.newSetBinder(binder(), Route.class);
        Provider<SetupRoutes> setup = getProvider(SetupRoutes.class);
        for (SetupPath path : SetupPath.values()) {
            routes.addBinding().toProvider(() -> setup.get().route(path));
        }
    }

    @Provides
    @Singleton
    SignInSessions signIns(SecureRandom random, Resources resources, Clock clock) {
        SignInSessions sessions = resources.closing(new SignInSessions(random, clock));
        GuardedTimer timer = resources.closing(new GuardedTimer(
                "sign-ins", 1, failure -> LOG.error("Sign-ins that are over could not be forgotten.", failure)));
        timer.every(SWEEP, sessions::sweep);
        return sessions;
    }

    @Provides
    @Singleton
    AnisetteCheck anisetteCheck(
            AnisetteProvider anisette, Configuration configuration, Resources resources, Clock clock) {
        return resources.closing(new AnisetteCheck(anisette, configuration.get(Options.ANISETTE_SERVER), clock));
    }
}
