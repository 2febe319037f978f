package org.trackerreports.systemtests.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.trackerreports.findmy.ClientEvent;
import org.trackerreports.findmy.ClientSettings;
import org.trackerreports.findmy.FindMyClient;
import org.trackerreports.findmy.SavedLogin;
import org.trackerreports.findmy.SessionStore;
import org.trackerreports.findmy.http.HttpSettings;
import org.trackerreports.findmy.http.ServiceAddresses;
import org.trackerreports.findmy.login.Credentials;
import org.trackerreports.simulator.SimulatedAccount;
import org.trackerreports.simulator.Simulator;
import org.trackerreports.simulator.SimulatorSettings;
import org.trackerreports.testsupport.MovableClock;

/** The simulated services over TLS, with one account, and clients for them. */
final class Services implements AutoCloseable {

    static final String APPLE_ID = "owner@example.com";
    static final String PASSWORD = "correct horse battery staple ü";

    final MovableClock clock = new MovableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    final List<ClientEvent> events = new CopyOnWriteArrayList<>();
    final Simulator simulator;

    Services() {
        this(UnaryOperator.identity(), UnaryOperator.identity());
    }

    Services(UnaryOperator<SimulatedAccount> account) {
        this(account, UnaryOperator.identity());
    }

    Services(UnaryOperator<SimulatedAccount> account, UnaryOperator<SimulatorSettings> settings) {
        simulator = Simulator.start(settings.apply(SimulatorSettings.defaults().withClock(clock)));
        simulator.accounts().add(account.apply(SimulatedAccount.of(APPLE_ID, PASSWORD)));
    }

    static Credentials credentials() {
        return Credentials.of(APPLE_ID, PASSWORD.toCharArray());
    }

    ServiceAddresses addresses() {
        return new ServiceAddresses(simulator.gsaUrl(), simulator.setupUrl(), simulator.gatewayUrl());
    }

    HttpSettings http() {
        return new HttpSettings(Duration.ofSeconds(10), Duration.ofSeconds(20), 64 << 20, List.of(authority()));
    }

    private X509Certificate authority() {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(
                            simulator.certificateAuthorityPem().getBytes(StandardCharsets.US_ASCII)));
        } catch (CertificateException e) {
            throw new AssertionError(e);
        }
    }

    /** A client with default settings that is signed in. */
    FindMyClient signedIn() throws IOException {
        return signedIn(UnaryOperator.identity());
    }

    /** A client with other settings that is signed in. */
    FindMyClient signedIn(UnaryOperator<FindMyClient.Builder> settings) throws IOException {
        FindMyClient client = settings.apply(client()).build();
        client.login(credentials());
        return client;
    }

    /** A client without retries. */
    FindMyClient.Builder client() {
        return FindMyClient.builder()
                .anisetteServer(simulator.anisetteUrl())
                .addresses(addresses())
                .http(http())
                .clock(clock)
                .events(events::add)
                .settings(ClientSettings.builder()
                        .retry(ClientSettings.Retry.NONE)
                        .build());
    }

    /** The events of one kind so far. */
    <E extends ClientEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** A store in memory, as bytes, so that two clients share it as two processes share a file. */
    static SessionStore sharedStore() {
        byte[][] bytes = {null};
        return new SessionStore() {
            @Override
            public synchronized java.util.Optional<SavedLogin> load() {
                return java.util.Optional.ofNullable(bytes[0]).map(SavedLogin::fromBytes);
            }

            @Override
            public synchronized void save(SavedLogin login) {
                bytes[0] = login.toBytes();
            }
        };
    }

    @Override
    public void close() {
        simulator.close();
    }
}
