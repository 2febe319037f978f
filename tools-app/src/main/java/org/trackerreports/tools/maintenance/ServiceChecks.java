package org.trackerreports.tools.maintenance;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.trackerreports.core.account.AccountStates;
import org.trackerreports.core.account.FetchRequest;
import org.trackerreports.core.config.Option;
import org.trackerreports.core.failure.Failures;
import org.trackerreports.core.pipeline.FetchTarget;
import org.trackerreports.core.pipeline.TrackerLoader;
import org.trackerreports.core.text.Durations;
import org.trackerreports.core.text.Printable;
import org.trackerreports.findmy.anisette.AnisetteData;
import org.trackerreports.findmy.anisette.AnisetteException;
import org.trackerreports.findmy.anisette.AnisetteProvider;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.fetch.FetchPlan;
import org.trackerreports.findmy.fetch.RequestPlanner;
import org.trackerreports.findmy.http.HttpSettings;
import org.trackerreports.findmy.login.Session;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.Installation;
import org.trackerreports.tools.command.TrackerNames;
import org.trackerreports.tools.fetch.StoredAccounts;
import org.trackerreports.tools.text.Shell;

/** Checks the anisette server and the services. */
final class ServiceChecks {

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final Duration MAX_GOOD_SKEW = Duration.ofSeconds(30);
    private static final Duration MAX_SKEW = Duration.ofMinutes(5);

    private final Installation installation;
    private final Provider<AnisetteProvider> anisetteProvider;
    private final Provider<AccountStates> statesProvider;
    private final Provider<HttpSettings> httpProvider;
    private final Provider<RequestPlanner> plannerProvider;
    private final Provider<StoredAccounts> accountsProvider;
    private Optional<Duration> skew = Optional.empty();

    @Inject
    ServiceChecks(
            Installation installation,
            Provider<AnisetteProvider> anisetteProvider,
            Provider<AccountStates> statesProvider,
            Provider<HttpSettings> httpProvider,
            Provider<RequestPlanner> plannerProvider,
            Provider<StoredAccounts> accountsProvider) {
        this.installation = installation;
        this.anisetteProvider = anisetteProvider;
        this.statesProvider = statesProvider;
        this.httpProvider = httpProvider;
        this.plannerProvider = plannerProvider;
        this.accountsProvider = accountsProvider;
    }

    Finding anisette() {
        Instant begin = installation.now();
        try {
            AnisetteData data = anisetteProvider.get().current();
            return machine(
                    data.machineFingerprint(),
                    Duration.between(begin, installation.now()).toMillis());
        } catch (AnisetteException e) {
            return Finding.fail(Failures.message(e), "Start an anisette server there, or set ANISETTE_SERVER.");
        }
    }

    /** How old the anisette machine is, and whether all sessions belong to it; for a session of another machine the service requires a new sign-in. */
    private Finding machine(String fingerprint, long milliseconds) {
        String found = "machine " + fingerprint;
        String answered = ", answered in " + milliseconds + " ms";
        Map<String, Session> sessions;
        try {
            sessions = sessions();
        } catch (RuntimeException e) {
            // The database has its own check.
            return Finding.ok(found + answered + "; not compared with the accounts' machines");
        }
        List<String> strangers = sessions.entrySet().stream()
                .filter(each -> !each.getValue().machineFingerprint().equals(fingerprint))
                .map(Map.Entry::getKey)
                .toList();
        if (!strangers.isEmpty()) {
            return Finding.warn(
                    found + answered + "; signed in with another machine: " + String.join(", ", strangers),
                    "Use the anisette server that they signed in with, or sign in again: findmy tools login --account "
                            + Shell.word(strangers.get(0)));
        }
        String age = sessions.values().stream()
                .map(Session::created)
                .min(Instant::compareTo)
                .map(since -> Duration.between(since, installation.now()))
                .map(time -> ", in use for " + Durations.text(time))
                .orElse("");
        return Finding.ok(found + age + answered);
    }

    private Map<String, Session> sessions() {
        AccountStates states = statesProvider.get();
        Map<String, Session> sessions = new LinkedHashMap<>();
        for (String alias : states.aliases()) {
            states.usable(alias).ifPresent(account -> sessions.put(alias, account.session()));
        }
        return sessions;
    }

    /** Whether a service answers at all. */
    Finding address(Option<URI> option) {
        URI address = installation.configuration().get(option);
        try {
            HttpURLConnection connection;
            try {
                connection = head(address, List.of());
            } catch (SSLHandshakeException e) {
                connection = headWithMoreTrust(address, e);
            }
            if (connection.getDate() > 0) {
                skew = Optional.of(Duration.between(Instant.ofEpochMilli(connection.getDate()), installation.now()));
            }
            return Finding.ok(address + " answers");
        } catch (SSLHandshakeException e) {
            // Its certificate is from Apple's own authority, which the client trusts and this check does not.
            return address.equals(URI.create("https://gsa.apple.com"))
                    ? Finding.ok(address + " answers; its certificate is checked when signing in")
                    : Finding.fail(
                            address + " is not trusted: " + Printable.brief(Failures.message(e)),
                            "Check for an intercepting proxy; add a private certificate authority to FINDMY_TRUST_CERTIFICATE.");
        } catch (IOException | GeneralSecurityException e) {
            return Finding.fail(
                    address + " cannot be reached: " + unreachable(e),
                    "Check network, proxy, DNS and " + option.name() + ".");
        }
    }

    private static String unreachable(Exception e) {
        if (e instanceof UnknownHostException) {
            return "there is no host of that name";
        }
        if (e instanceof SocketTimeoutException) {
            return "no answer within " + Durations.text(Duration.ofMillis(TIMEOUT_MILLIS));
        }
        return Printable.brief(Failures.message(e));
    }

    private HttpURLConnection headWithMoreTrust(URI address, SSLHandshakeException untrusted)
            throws IOException, GeneralSecurityException {
        List<X509Certificate> more = httpProvider.get().additionalCertificates();
        if (more.isEmpty()
                || address.getHost().endsWith(".apple.com")
                || address.getHost().endsWith(".icloud.com")) {
            throw untrusted;
        }
        return head(address, more);
    }

    private Proxy proxy(URI address) {
        ProxySelector selector = httpProvider.get().proxies().selector().orElseGet(ProxySelector::getDefault);
        return selector == null ? Proxy.NO_PROXY : selector.select(address).get(0);
    }

    private HttpURLConnection head(URI address, List<X509Certificate> trusted)
            throws IOException, GeneralSecurityException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection(proxy(address));
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setInstanceFollowRedirects(false);
        connection.setRequestMethod("HEAD");
        httpProvider.get().proxies().authenticator().ifPresent(connection::setAuthenticator);
        if (connection instanceof HttpsURLConnection secure && !trusted.isEmpty()) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int number = 0; number < trusted.size(); number++) {
                store.setCertificateEntry(Integer.toString(number), trusted.get(number));
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            secure.setSSLSocketFactory(context.getSocketFactory());
        }
        connection.getResponseCode();
        return connection;
    }

    /** Compares the clock with the time in the last answer of a service. */
    Finding clock() {
        if (skew.isEmpty()) {
            return Finding.warn("not compared, because no service sent its time", "Run doctor again later.");
        }
        Duration off = skew.get().abs();
        String found = "differs from the services' by " + Durations.text(off);
        if (off.compareTo(MAX_SKEW) > 0) {
            return Finding.fail(found, "Set the clock (for example with chrony); otherwise signing in fails.");
        }
        return off.compareTo(MAX_GOOD_SKEW) > 0
                ? Finding.warn(found, "Synchronize the clock over the network (for example with chrony).")
                : Finding.ok(found);
    }

    /** Makes one request for one tracker, if an account has the budget for it. */
    Finding canary(String name) throws CommandFailure {
        Tracker tracker =
                TrackerNames.trackers(installation.store(), List.of(name)).get(0);
        RequestPlanner planner = plannerProvider.get();
        Instant now = installation.now();
        Optional<FetchPlan<FetchTarget>> plan =
                planner.plan(List.of(TrackerLoader.target(tracker, 0).planned(planner, now)), now);
        if (plan.isEmpty()) {
            return Finding.fail(
                    "tracker " + name + " has no key to request", "findmy tools trackers show " + Shell.word(name));
        }
        FetchOutcome outcome;
        try {
            outcome = accountsProvider.get().ask(FetchRequest.of(plan.get()));
        } catch (CommandFailure e) {
            return Finding.fail(Failures.message(e), "findmy tools accounts list");
        }
        return switch (outcome.category()) {
            case ANSWERED -> Finding.ok(outcome.message());
            case HELD_BACK ->
                Finding.warn(
                        "no request was made: the account may make the next one in "
                                + Durations.text(((FetchOutcome.HeldBack) outcome)
                                        .retryAfter()
                                        .plusSeconds(1)),
                        "Try again then.");
            case FAILED ->
                Finding.fail(
                        outcome.message(),
                        outcome.waitingHelps() ? "Try later." : "Check the account: findmy tools accounts list");
        };
    }
}
