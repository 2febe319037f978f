package org.trackerreports.findmy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.trackerreports.findmy.TrackerSearch.Scope;
import org.trackerreports.findmy.anisette.AnisetteProvider;
import org.trackerreports.findmy.anisette.AnisetteServer;
import org.trackerreports.findmy.fetch.AccountClient;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.fetch.FetchQuery;
import org.trackerreports.findmy.fetch.KeyCursor;
import org.trackerreports.findmy.fetch.ReportService;
import org.trackerreports.findmy.fetch.RequestGate;
import org.trackerreports.findmy.fetch.RequestPlanner;
import org.trackerreports.findmy.fetch.RequestSequence;
import org.trackerreports.findmy.http.HttpSettings;
import org.trackerreports.findmy.http.ServiceAddresses;
import org.trackerreports.findmy.keyfile.NamedKeys;
import org.trackerreports.findmy.login.AccountLogin;
import org.trackerreports.findmy.login.ClientInfo;
import org.trackerreports.findmy.login.Credentials;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.findmy.login.PendingLogin;
import org.trackerreports.findmy.login.SecondFactorMethod;
import org.trackerreports.findmy.login.Session;
import org.trackerreports.findmy.report.ReportDecryptor;

/**
 * One account at the Find My services: signs in, and gives the positions of trackers whose keys the caller has.
 *
 * <p>Thread-safe. Calls block while the network is used; {@link #async} makes a future of any of them. A session that has ended is
 * renewed once, by one thread, while the others wait, if the client may remember the password. Nothing needs to be closed.
 *
 * <p>Whatever the services do is returned as an outcome; exceptions mean a mistake of the caller or a session store that fails.
 */
public final class FindMyClient {

    private final ClientSettings settings;
    private final StoredSession session;
    private final AccountClient account;
    private final Retries retries;
    private final Events events;
    private final ReportDecryptor decryptor;
    private final Clock clock;
    private final Executor executor;

    private FindMyClient(Builder builder, AnisetteProvider provider) throws IOException {
        settings = builder.settings;
        clock = builder.clock;
        executor = builder.executor;
        events = new Events(builder.events);
        MachineWatch anisette = new MachineWatch(provider, events);
        AccountLogin login =
                new AccountLogin(builder.addresses, builder.http, anisette, builder.clientInfo, clock, builder.random);
        session = new StoredSession(
                login,
                builder.sessionStore,
                builder.rememberPassword,
                LocalRequestGate.spaced(settings.renewalPause(), clock, new Events(event -> {})),
                events::emit);
        session.current().ifPresent(known -> anisette.expect(known.machineFingerprint()));
        account = new AccountClient(
                new ReportService(builder.addresses, builder.http, anisette, clock, settings.protocol()),
                builder.requestGate.orElseGet(() -> LocalRequestGate.of(settings, clock, events)),
                session,
                settings.coolDown().policy(),
                clock);
        retries = new Retries(settings.retry(), events);
        decryptor = new ReportDecryptor(clock);
    }

    /** Begins a client. Only an anisette server or provider is required. */
    public static Builder builder() {
        return new Builder();
    }

    /** Whether there is a session. The service may have ended it; the next request shows. */
    public boolean signedIn() {
        return session.current().isPresent();
    }

    /** The session, for a caller that keeps it elsewhere. */
    public Optional<Session> session() {
        return session.current();
    }

    /** The sign-in that waits for its second factor, begun here or by another program with the same session store. */
    public Optional<PendingLogin> pendingLogin() {
        return session.pending();
    }

    /**
     * Signs in. Nothing is retried: every attempt counts at the service.
     *
     * @return {@link LoginOutcome.LoggedIn}; {@link LoginOutcome.SecondFactorNeeded}, then continue with {@link #sendCode} and {@link
     *     #enterCode}, now or later; or why it failed
     * @throws UncheckedIOException if the session store fails; the session works all the same until the program ends
     */
    public LoginOutcome login(Credentials credentials) {
        return session.login(credentials);
    }

    /**
     * Requests a verification code, or another one.
     *
     * @return {@link LoginOutcome.SecondFactorNeeded} with the code sent, or why none was sent
     * @throws IllegalStateException if no sign-in waits for a code
     * @throws UncheckedIOException if the session store fails
     */
    public LoginOutcome sendCode(SecondFactorMethod method) {
        return session.sendCode(method);
    }

    /**
     * Enters the code that was sent last.
     *
     * @param code the digits; blanks are left out
     * @param credentials the same as for {@link #login}
     * @return {@link LoginOutcome.LoggedIn}, {@link LoginOutcome.WrongCode}, or why it failed
     * @throws IllegalStateException if no sign-in waits for a code, or none was sent
     * @throws UncheckedIOException if the session store fails; the session works all the same until the program ends
     */
    public LoginOutcome enterCode(String code, Credentials credentials) {
        return session.enterCode(code, credentials);
    }

    /**
     * Where the trackers were last, as far as {@link ClientSettings#searchBack} goes back. An accessory is searched backwards from now
     * until its first reports, so one with a good alignment costs one request.
     *
     * @return a result for each tracker, in the same order
     */
    public List<TrackerReports> latest(Collection<NamedKeys> trackers) {
        Instant now = clock.instant();
        // A finder's clock may be ahead: its report is flagged, not left out.
        return fetch(trackers, new Scope(now.minus(settings.searchBack()), Instant.MAX, true), now);
    }

    /** {@link #latest(Collection)} for one tracker. */
    public TrackerReports latest(NamedKeys tracker) {
        return latest(List.of(tracker)).get(0);
    }

    /**
     * Every report of a time range that the service still has: about seven days, and usually only the newest report of each key. For a
     * full history call this, or {@link #latest}, every half hour and keep the results.
     *
     * @param from the oldest time of a report
     * @param to the newest time of a report
     * @return a result for each tracker, in the same order
     * @throws IllegalArgumentException if the range ends before it begins
     */
    public List<TrackerReports> history(Collection<NamedKeys> trackers, Instant from, Instant to) {
        if (from.isAfter(to)) {
            throw new IllegalArgumentException("the range ends before it begins: " + from + " … " + to);
        }
        return fetch(trackers, new Scope(from, to, false), to);
    }

    private List<TrackerReports> fetch(Collection<NamedKeys> trackers, Scope scope, Instant newestKeys) {
        RequestPlanner planner =
                new RequestPlanner(settings.idsPerRequest(), Duration.between(scope.from(), newestKeys));
        RequestSequence<TrackerSearch> requests = new RequestSequence<>(planner, newestKeys);
        List<TrackerSearch> searches = new ArrayList<>();
        for (NamedKeys tracker : trackers) {
            KeyCursor newest = planner.cursor(tracker.keys(), newestKeys);
            TrackerSearch search =
                    new TrackerSearch(tracker, scope, newest, settings.requestsPerAccessory(), decryptor);
            requests.add(search, newest, settings.requestsPerAccessory());
            searches.add(search);
        }
        new TrackerFetch(requests, this::ask).run();
        return searches.stream().map(TrackerSearch::result).toList();
    }

    private FetchOutcome ask(FetchQuery query) {
        return retries.ask(() -> account.ask(
                query, (outcome, took) -> events.emit(new ClientEvent.Requested(query.ids(), outcome, took))));
    }

    /**
     * Makes a call in the client's executor, such as {@code client.async(c -> c.latest(trackers))}. Cancelling the future does not end
     * the call.
     */
    public <T> CompletableFuture<T> async(Function<? super FindMyClient, ? extends T> call) {
        return CompletableFuture.supplyAsync(() -> call.apply(this), executor);
    }

    /** Builds a client. Everything but the anisette provider has a default. Not thread-safe. */
    public static final class Builder {

        private Optional<Function<Builder, AnisetteProvider>> anisette = Optional.empty();
        private SessionStore sessionStore = new MemorySessionStore();
        private boolean rememberPassword;
        private Optional<RequestGate> requestGate = Optional.empty();
        private ClientSettings settings = ClientSettings.DEFAULT;
        private HttpSettings http = HttpSettings.DEFAULT;
        private ServiceAddresses addresses = ServiceAddresses.APPLE;
        private ClientInfo clientInfo = ClientInfo.DEFAULT;
        private Consumer<ClientEvent> events = event -> {};
        private Clock clock = Clock.systemUTC();
        private SecureRandom random = new SecureRandom();
        private Executor executor = Builder::inDaemonThread;

        private Builder() {}

        private static void inDaemonThread(Runnable call) {
            Thread thread = new Thread(call, "findmy-client");
            thread.setDaemon(true);
            thread.start();
        }

        /** Takes anisette data from a server of the v1 interface, such as {@code http://localhost:6969}. */
        public Builder anisetteServer(URI address) {
            Objects.requireNonNull(address, "address");
            anisette = Optional.of(builder -> new AnisetteServer(address, builder.http, builder.clock));
            return this;
        }

        /** Takes anisette data from a provider. */
        public Builder anisette(AnisetteProvider provider) {
            Objects.requireNonNull(provider, "provider");
            anisette = Optional.of(builder -> provider);
            return this;
        }

        /** Where the session is kept. By default in memory: every run of the program must sign in again. */
        public Builder sessionStore(SessionStore store) {
            sessionStore = Objects.requireNonNull(store, "store");
            return this;
        }

        /** Keeps the password's digest in the session store, to renew a session that has ended. Otherwise a person must sign in again. */
        public Builder rememberPassword() {
            rememberPassword = true;
            return this;
        }

        /**
         * A budget of the caller's, which each request must pass, retries among them. It takes the place of the settings' rate limit and
         * limit of parallel requests, and is told to cool down after failures.
         */
        public Builder requestGate(RequestGate gate) {
            requestGate = Optional.of(gate);
            return this;
        }

        /** How the client asks; {@link ClientSettings#DEFAULT} by default. */
        public Builder settings(ClientSettings value) {
            settings = Objects.requireNonNull(value, "value");
            return this;
        }

        /** Timeouts and trust; {@link HttpSettings#DEFAULT} by default. */
        public Builder http(HttpSettings value) {
            http = Objects.requireNonNull(value, "value");
            return this;
        }

        /** Where the services are; {@link ServiceAddresses#APPLE} by default. */
        public Builder addresses(ServiceAddresses value) {
            addresses = Objects.requireNonNull(value, "value");
            return this;
        }

        /** Who the client claims to be when it signs in; {@link ClientInfo#DEFAULT} by default. */
        public Builder clientInfo(ClientInfo value) {
            clientInfo = Objects.requireNonNull(value, "value");
            return this;
        }

        /** Receives what the client does; see {@link ClientEvent}. */
        public Builder events(Consumer<ClientEvent> listener) {
            events = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /** The time; it must be right within a minute or so, because the services check it. */
        public Builder clock(Clock value) {
            clock = Objects.requireNonNull(value, "value");
            return this;
        }

        /** The source of randomness for signing in. */
        public Builder random(SecureRandom value) {
            random = Objects.requireNonNull(value, "value");
            return this;
        }

        /** Runs the calls of {@link FindMyClient#async}; by default each in a daemon thread of its own. */
        public Builder executor(Executor value) {
            executor = Objects.requireNonNull(value, "value");
            return this;
        }

        /**
         * Builds the client and loads what the session store has. Sends no request.
         *
         * @throws IllegalStateException if there is no anisette server or provider
         * @throws IOException if the session store cannot be read
         */
        public FindMyClient build() throws IOException {
            AnisetteProvider provider = anisette.orElseThrow(() -> new IllegalStateException(
                            "anisette data is needed: call anisetteServer or anisette on the builder"))
                    .apply(this);
            return new FindMyClient(this, provider);
        }
    }
}
