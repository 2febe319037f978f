package org.trackerreports.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.trackerreports.simulator.world.World;

/**
 * A running stand-in for the services behind Find My and for an anisette server, on the loopback interface.
 *
 * <pre>{@code
 * try (Simulator simulator = Simulator.start(SimulatorSettings.defaults())) {
 *     simulator.accounts().add(SimulatedAccount.of("owner@example.com", "secret"));
 *     simulator.world().addTag(TagSpec.of("bike", KeySchedule.fixed(advertisedKey),
 *             Route.stayingAt(Position.ofDegrees(52.52, 13.405)), Finders.every(Duration.ofMinutes(10))));
 *     // point a client to simulator.gsaUrl(), setupUrl(), gatewayUrl(), anisetteUrl()
 * }
 * }</pre>
 *
 * <p>Safe for use by many threads.
 */
public final class Simulator implements AutoCloseable {
    private final TlsIdentity tls = TlsIdentity.create(Instant.now());
    private final RequestLog requests = new RequestLog();
    private final World world;
    private final Accounts accounts;
    private final Anisette anisette;
    private final Faults faults;
    private final HttpFront front;

    private Simulator(SimulatorSettings settings) {
        SecretSource secrets = new SecretSource(settings.seed());
        world = new World(settings.seed());
        accounts = new Accounts(secrets, settings.clock());
        anisette = new Anisette(secrets, settings.clock(), settings.foreignAnisette());
        faults = new Faults(settings.clock(), settings.seed());
        front = new HttpFront(settings.port(), tls, router(settings, secrets), requests, faults, settings.clock());
    }

    /**
     * Starts a simulator.
     *
     * @throws IllegalStateException if the port is taken
     * @throws UncheckedIOException if the file for the certificate authority cannot be written
     */
    public static Simulator start(SimulatorSettings settings) {
        Simulator simulator = new Simulator(settings);
        settings.certificateAuthorityFile().ifPresent(simulator::writeCertificateAuthority);
        simulator.front.start();
        return simulator;
    }

    /** Base address of login and second factor, without a slash at the end. */
    public URI gsaUrl() {
        return url();
    }

    /** Base address of the delegates, without a slash at the end. */
    public URI setupUrl() {
        return url();
    }

    /** Base address of the report gateway, without a slash at the end. */
    public URI gatewayUrl() {
        return url();
    }

    /** Address of the anisette server, without a slash at the end. Plain HTTP on the same port works too. */
    public URI anisetteUrl() {
        return url();
    }

    /** The certificate authority that clients must trust, as PEM. */
    public String certificateAuthorityPem() {
        return tls.authorityPem();
    }

    /** Writes the certificate authority that clients must trust to a PEM file. */
    public void writeCertificateAuthority(Path file) {
        try {
            Files.writeString(file, certificateAuthorityPem());
        } catch (IOException e) {
            throw new UncheckedIOException("The certificate authority could not be written to " + file + ".", e);
        }
    }

    /** The accounts; none at start. */
    public Accounts accounts() {
        return accounts;
    }

    /** The tags; none at start. */
    public World world() {
        return world;
    }

    /** What was asked so far. */
    public RequestLog requests() {
        return requests;
    }

    /** What shall go wrong; nothing at start. */
    public Faults faults() {
        return faults;
    }

    /** Gives the shared machine of the anisette server a new identity, which no account trusts. */
    public void reprovisionAnisette() {
        anisette.provision(Anisette.SHARED_MACHINE);
    }

    /** Stops serving. Requests under way are cut off. */
    @Override
    public void close() {
        front.close();
    }

    private URI url() {
        return URI.create("https://localhost:" + front.port());
    }

    private Router router(SimulatorSettings settings, SecretSource secrets) {
        ClientChecks checks = new ClientChecks(anisette, settings.clock());
        LoginService login =
                new LoginService(accounts, checks, secrets, settings.clock(), settings.minimalWidthProofs());
        SecondFactorService factor = new SecondFactorService(accounts, checks, secrets, settings.clock());
        DelegateService delegates =
                new DelegateService(accounts, checks, secrets, settings.clock(), settings.sessionLifetime());
        GatewayService gateway = new GatewayService(
                accounts, world, checks, new ReportFaults(world, secrets), settings.clock(), settings);
        AnisetteService anisetteServer = new AnisetteService(anisette, secrets, settings.clock());
        return new Router(Map.ofEntries(
                route("POST /grandslam/GsService2", Service.GSA, login::answer),
                route("GET /grandslam/GsService2/validate", Service.GSA, factor::validate),
                route("GET /auth", Service.GSA, factor::ways),
                route("GET /auth/verify/trusteddevice", Service.GSA, factor::pushToDevices),
                route("PUT /auth/verify/phone", Service.GSA, factor::sendMessage),
                route("POST /auth/verify/phone/securitycode", Service.GSA, factor::takeMessageCode),
                route("POST /setup/iosbuddy/loginDelegates", Service.SETUP, delegates::answer),
                route("POST /findmyservice/v2/fetch", Service.GATEWAY, gateway::fetchV2),
                route("POST /acsnservice/fetch", Service.GATEWAY, gateway::fetchV1),
                route("GET /", Service.ANISETTE, anisetteServer::headers)));
    }

    private static Map.Entry<String, Router.Route> route(
            String endpoint, Service service, java.util.function.Function<Call, Reply> handler) {
        return Map.entry(endpoint, new Router.Route(service, handler));
    }
}
