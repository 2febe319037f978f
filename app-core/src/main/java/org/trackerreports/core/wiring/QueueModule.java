package org.trackerreports.core.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.OptionalBinder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.redisson.api.RedissonClient;
import org.trackerreports.core.account.AccountBudget;
import org.trackerreports.core.account.DatabaseLedger;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.ConfigurationException;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.embedded.EmbeddedServers;
import org.trackerreports.core.embedded.ServerAddresses;
import org.trackerreports.findmy.http.HttpSettings;
import org.trackerreports.queue.BudgetRule;
import org.trackerreports.queue.QueueListener;
import org.trackerreports.queue.QueueSettings;
import org.trackerreports.queue.RedisClients;
import org.trackerreports.queue.RequestBudgets;
import org.trackerreports.queue.SharedLocks;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.queue.WorkerId;
import org.trackerreports.store.ReportStore;

/** Wires Redis, configured or embedded, the queue and the request budgets. */
final class QueueModule extends AbstractModule {

    /** Longer than a call for anisette data and a call for reports take together. */
    private static final Duration MAX_REQUEST_DURATION =
            HttpSettings.DEFAULT.callTimeout().multipliedBy(3);

    /** As long as the database's: the first call of a process connects, signs in and loads the scripts. */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    /** The embedded Redis shares this machine, which may be slow and busy with this very start; a dead one refuses calls at once. */
    private static final Duration EMBEDDED_CALL_TIMEOUT = Duration.ofSeconds(60);

    @Override
    protected void configure() {
        OptionalBinder.newOptionalBinder(binder(), QueueListener.class)
                .setDefault()
                .toInstance(QueueListener.NONE);
    }

    @Provides
    @Singleton
    RedissonClient redisson(
            Configuration configuration, Provider<EmbeddedServers> embedded, Resources resources, ServerWait wait)
            throws ConfigurationException {
        String server = configuration
                .find(Options.REDISSON_CONFIG)
                .map(file -> "Redis of " + file)
                .or(() -> configuration.find(Options.REDIS_URL).map(url -> "Redis at " + RedisClients.addresses(url)))
                .orElse("the embedded Redis");
        // Netty's events for Java Flight Recorder, which set up the recorder even where nobody records.
        PropertyDefault.set("io.netty.jfr.enabled", "false");
        // It takes a stack trace of one buffer in 128, for those who look for a leak in Netty or Redisson.
        PropertyDefault.set("io.netty.leakDetection.level", "disabled");
        // A client made from a file connects at once; any other one, when it is first used.
        RedissonClient client = wait.until(server, () -> connect(configuration, embedded));
        AutoCloseable shutdown = client::shutdown;
        resources.closing(shutdown);
        String key = configuration.get(Options.QUEUE_PREFIX) + ":start";
        wait.until(server, () -> client.getBucket(key).isExists());
        return client;
    }

    private static RedissonClient connect(Configuration configuration, Provider<EmbeddedServers> embedded)
            throws ConfigurationException {
        Optional<Path> yaml = configuration.find(Options.REDISSON_CONFIG);
        if (yaml.isPresent()) {
            return RedisClients.connect(yaml.get());
        }
        Optional<String> url = configuration.find(Options.REDIS_URL);
        if (url.isPresent()) {
            return RedisClients.connect(url.get(), CALL_TIMEOUT);
        }
        // Netty unpacks its code for Unix sockets, which must not happen where others can change it or nothing can be
        // executed.
        PropertyDefault.set("io.netty.native.workdir", embedded.get().programs().toString());
        return connect(embedded.get().addresses());
    }

    private static RedissonClient connect(ServerAddresses addresses) throws ConfigurationException {
        try {
            return RedisClients.connect(addresses.redis(), addresses.redisPassword(), EMBEDDED_CALL_TIMEOUT);
        } catch (UnsupportedOperationException e) {
            if (addresses.redisPort() == 0) {
                throw new ConfigurationException(List.of("The embedded Redis cannot be reached: " + e.getMessage()
                        + ". Set REDIS_URL to a Redis of your own, or EMBEDDED_REDIS_PORT to a port on loopback."));
            }
            return RedisClients.connect(
                    "redis://:" + addresses.redisPassword() + "@127.0.0.1:" + addresses.redisPort(),
                    EMBEDDED_CALL_TIMEOUT);
        }
    }

    @Provides
    @Singleton
    QueueSettings settings(Configuration configuration, ReportStore store) throws ConfigurationException {
        requireSamePrefix(configuration.get(Options.QUEUE_PREFIX), store);
        boolean embedded = configuration.find(Options.REDIS_URL).isEmpty()
                && configuration.find(Options.REDISSON_CONFIG).isEmpty();
        Duration heartbeatTimeout = configuration
                .find(Options.HEARTBEAT_TIMEOUT)
                .orElse(embedded ? Duration.ofSeconds(3) : Duration.ofSeconds(30));
        return QueueSettings.builder(configuration.get(Options.QUEUE_PREFIX))
                .interval(configuration.get(Options.REQUEST_INTERVAL_HOURS))
                .lease(configuration.get(Options.LEASE_DURATION))
                .heartbeatTimeout(heartbeatTimeout)
                .parkAfterFailures(configuration.get(Options.MAX_FAILURES))
                .callTimeout(embedded ? EMBEDDED_CALL_TIMEOUT : CALL_TIMEOUT)
                .build();
    }

    /** Two queues would ask for every tracker twice. */
    private static void requireSamePrefix(String own, ReportStore store) throws ConfigurationException {
        String kept = store.requests().queuePrefix(own);
        if (!kept.equals(own)) {
            throw new ConfigurationException(List.of("QUEUE_PREFIX is \"" + own
                    + "\", but the installation with this database uses \"" + kept + "\". Set QUEUE_PREFIX=" + kept
                    + ". To move all instances to another prefix: stop them, change QUEUE_PREFIX for all, and run once:"
                    + " findmy tools queue move --yes"));
        }
    }

    @Provides
    @Singleton
    TrackerQueue queue(RedissonClient redisson, QueueSettings settings, QueueListener listener) {
        return new TrackerQueue(redisson, settings, listener, new Random());
    }

    @Provides
    @Singleton
    RequestBudgets budgets(RedissonClient redisson, QueueSettings settings, QueueListener listener, ReportStore store) {
        return new RequestBudgets(
                redisson, settings.prefix(), settings.callTimeout(), listener, new DatabaseLedger(store.requests()));
    }

    @Provides
    @Singleton
    SharedLocks signInLocks(RedissonClient redisson, QueueSettings settings) {
        return new SharedLocks(redisson, settings.prefix(), "login");
    }

    @Provides
    @Singleton
    AccountBudget budget(RequestBudgets budgets, ReportStore store, WorkerId worker, Configuration configuration) {
        BudgetRule rule = new BudgetRule(
                configuration.get(Options.FETCH_INTERVAL),
                configuration.get(Options.MAX_REQUESTS_PER_DAY),
                Duration.ofDays(1),
                configuration.get(Options.RESERVED_REQUESTS_PER_DAY),
                MAX_REQUEST_DURATION);
        return new AccountBudget(budgets, store.requests(), rule, worker.value());
    }

    @Provides
    @Singleton
    WorkerId worker() {
        return new WorkerId(ProcessHandle.current().pid() + "-" + UUID.randomUUID());
    }
}
