package org.trackerreports.simulator;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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

    /** A name in the simulator's certificate that no name server knows: only what goes through a proxy can use it. */
    public static final String NAME_BEHIND_PROXY = "findmy.invalid";

    private final RequestLog requests = new RequestLog();
    private final TlsIdentity tls;
    private final World world;
    private final Accounts accounts;
    private final Anisette anisette;
    private final Faults faults;
    private final HttpFront front;
    private final Optional<Path> certificateFile;

    private Simulator(SimulatorSettings settings) {
        SecretSource secrets = new SecretSource(settings.seed());
        tls = AuthorityFiles.identity(settings);
        world = new World(settings.seed());
        accounts = new Accounts(secrets, settings.clock());
        anisette = new Anisette(secrets, settings.clock(), settings.foreignAnisette());
        faults = new Faults(settings.clock(), settings.seed());
        Dispatcher dispatcher = new Dispatcher(router(settings, secrets), requests, faults, settings.clock());
        ControlService control = new ControlService(this, settings);
        certificateFile = settings.certificateAuthorityFile();
        front = new HttpFront(settings, tls, dispatcher, control::answer, anisette);
    }

    /**
     * Starts a simulator.
     *
     * @throws IllegalStateException if the port is taken
     * @throws UncheckedIOException if the file for the certificate authority cannot be written
     */
    public static Simulator start(SimulatorSettings settings) {
        Simulator simulator = new Simulator(settings);
        simulator.front.start();
        return simulator;
    }

    /** Base address of login and second factor, without a slash at the end. */
    public URI gsaUrl() {
        return url(Service.GSA);
    }

    /** Base address of the delegates, without a slash at the end. */
    public URI setupUrl() {
        return url(Service.SETUP);
    }

    /** Base address of the report gateway, without a slash at the end. */
    public URI gatewayUrl() {
        return url(Service.GATEWAY);
    }

    /** Address of the anisette server, without a slash at the end. Plain HTTP on the same port works too. */
    public URI anisetteUrl() {
        return url(Service.ANISETTE);
    }

    /**
     * Base address of the control API, without a slash at the end.
     *
     * @throws IllegalStateException if the settings have no control port
     */
    public URI controlUrl() {
        return URI.create("http://localhost:" + front.controlPort());
    }

    /**
     * The environment variables that point this project's programs at the simulator.
     *
     * @return the addresses of the services and, if the settings name a file for it, the certificate authority to trust
     */
    public Map<String, String> clientEnvironment() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("FINDMY_GSA_URL", gsaUrl().toString());
        variables.put("FINDMY_SETUP_URL", setupUrl().toString());
        variables.put("FINDMY_GATEWAY_URL", gatewayUrl().toString());
        variables.put("ANISETTE_SERVER", anisetteUrl().toString());
        certificateFile.ifPresent(file ->
                variables.put("FINDMY_TRUST_CERTIFICATE", file.toAbsolutePath().toString()));
        return Collections.unmodifiableMap(variables);
    }

    /** The certificate authority that clients must trust, as PEM. */
    public String certificateAuthorityPem() {
        return AuthorityFiles.pem(tls.authority());
    }

    /** Writes the certificate authority that clients must trust to a PEM file. */
    public void writeCertificateAuthority(Path file) {
        AuthorityFiles.write(file, certificateAuthorityPem());
    }

    /** The accounts; initially empty. */
    public Accounts accounts() {
        return accounts;
    }

    /** The tags; initially empty. */
    public World world() {
        return world;
    }

    /** The log of all requests. */
    public RequestLog requests() {
        return requests;
    }

    /** The injected faults; initially empty. */
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

    private URI url(Service service) {
        return URI.create("https://localhost:" + front.port(service));
    }

    private Router router(SimulatorSettings settings, SecretSource secrets) {
        Clock clock = settings.clock();
        ClientChecks checks = new ClientChecks(anisette, clock);
        Backend backend = new Backend(accounts, checks, secrets, clock);
        LoginService login = new LoginService(backend, settings.minimalWidthProofs());
        SecondFactorService factor = new SecondFactorService(backend);
        ProvisioningService provisioning = new ProvisioningService(anisette.provisioning(), checks, this::gsaUrl);
        DelegateService delegates = new DelegateService(backend, settings.sessionLifetime());
        GatewayService gateway = new GatewayService(backend, world, settings);
        AnisetteService anisetteServer = new AnisetteService(anisette, secrets, clock);
        return new Router()
                .add(Service.GSA, "POST /grandslam/GsService2", login::answer)
                .add(Service.GSA, "GET /grandslam/GsService2/validate", factor::validate)
                .add(Service.GSA, "GET /auth", factor::ways)
                .add(Service.GSA, "GET /auth/verify/trusteddevice", factor::pushToDevices)
                .add(Service.GSA, "PUT /auth/verify/phone", factor::sendMessage)
                .add(Service.GSA, "POST /auth/verify/phone/securitycode", factor::takeMessageCode)
                .add(Service.GSA, "GET " + ProvisioningService.LOOKUP_PATH, provisioning::lookup)
                .add(Service.GSA, "POST " + ProvisioningService.START_PATH, provisioning::start)
                .add(Service.GSA, "POST " + ProvisioningService.FINISH_PATH, provisioning::finish)
                .add(Service.SETUP, "POST /setup/iosbuddy/loginDelegates", delegates::answer)
                .add(Service.GATEWAY, "POST /findmyservice/v2/fetch", gateway::fetchV2)
                .add(Service.GATEWAY, "POST /acsnservice/fetch", gateway::fetchV1)
                .add(Service.ANISETTE, "GET /", anisetteServer::headers)
                .add(Service.ANISETTE, "GET /v3/client_info", anisetteServer::clientInfo)
                .add(Service.ANISETTE, "POST /v3/get_headers", anisetteServer::headersFor)
                .add(Service.ANISETTE, "GET " + AnisetteService.PROVISIONING_PATH, anisetteServer::provision);
    }
}
