package org.trackerreports.simulator;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * How a simulator is set up. Immutable; start from {@link #defaults()}.
 *
 * <p>Ports are of the loopback interface; 0 takes a free one.
 */
public final class SimulatorSettings {
    /** As a limit: give every stored report. For load tests. */
    public static final int EVERYTHING = Integer.MAX_VALUE;

    private int port;
    private Map<Service, Integer> servicePorts = new EnumMap<>(Service.class);
    private OptionalInt controlPort = OptionalInt.empty();
    private long seed = 1;
    private Clock clock = Clock.systemUTC();
    private int v2ReportsPerEntry = 1;
    private int v1ReportsPerEntry = 20;
    private int maximumIds = 290;
    private Duration sessionLifetime = Duration.ofDays(30);
    private boolean foreignAnisette;
    private boolean minimalWidthProofs = true;
    private Optional<Path> certificateAuthorityFile = Optional.empty();
    private Optional<Path> certificateAuthorityKeyFile = Optional.empty();

    private SimulatorSettings() {}

    /**
     * All services on one free port, no control port, seed 1, the system's clock, limits as Apple's, sessions of 30 days, a
     * new certificate authority that is not written to a file.
     */
    public static SimulatorSettings defaults() {
        return new SimulatorSettings();
    }

    /** Sets the port of all services without a separate port. */
    public SimulatorSettings withPort(int newPort) {
        return changed(s -> s.port = requirePort(newPort));
    }

    /** Sets a separate port for one service. */
    public SimulatorSettings withPort(Service service, int newPort) {
        return changed(s -> s.servicePorts.put(service, requirePort(newPort)));
    }

    /** Sets the port of the control API. */
    public SimulatorSettings withControlPort(int newPort) {
        return changed(s -> s.controlPort = OptionalInt.of(requirePort(newPort)));
    }

    /** Sets the seed of all generated data. */
    public SimulatorSettings withSeed(long newSeed) {
        return changed(s -> s.seed = newSeed);
    }

    /** Sets the clock that accounts, anisette and the world use. */
    public SimulatorSettings withClock(Clock newClock) {
        return changed(s -> s.clock = Objects.requireNonNull(newClock));
    }

    /**
     * Sets the maximum number of reports per entry, over all ids of the entry.
     *
     * @param v2 of a v2 fetch entry; Apple gives 1
     * @param v1 of a v1 search entry; Apple gives 20 to 40
     */
    public SimulatorSettings withReportsPerEntry(int v2, int v1) {
        if (v2 < 1 || v1 < 1) {
            throw new IllegalArgumentException("Limits of reports start at 1, found " + v2 + " and " + v1 + ".");
        }
        return changed(s -> {
            s.v2ReportsPerEntry = v2;
            s.v1ReportsPerEntry = v1;
        });
    }

    /** Sets the maximum number of primary or secondary ids in a v2 entry. Requests with more are refused. */
    public SimulatorSettings withMaximumIds(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("The limit of ids starts at 1, found " + limit + ".");
        }
        return changed(s -> s.maximumIds = limit);
    }

    /** Sets how long a search-party token is valid after the login. */
    public SimulatorSettings withSessionLifetime(Duration lifetime) {
        if (lifetime.isNegative() || lifetime.isZero()) {
            throw new IllegalArgumentException("The session lifetime must be above zero.");
        }
        return changed(s -> s.sessionLifetime = lifetime);
    }

    /** Sets whether one-time passwords of other anisette servers are accepted. Default: no. */
    public SimulatorSettings withForeignAnisette(boolean accepted) {
        return changed(s -> s.foreignAnisette = accepted);
    }

    /**
     * Whether a login proof may also have been computed without leading zero bytes, as some libraries do; it may unless set
     * otherwise.
     */
    public SimulatorSettings withMinimalWidthProofs(boolean accepted) {
        return changed(s -> s.minimalWidthProofs = accepted);
    }

    /** Sets the PEM file to write the certificate authority to. */
    public SimulatorSettings withCertificateAuthorityFile(Path file) {
        return changed(s -> s.certificateAuthorityFile = Optional.of(file));
    }

    /**
     * A certificate authority that outlives the simulator: taken from the two PEM files if both exist, else made and written to them.
     *
     * @param certificate the authority's certificate
     * @param key its private key, readable by its owner only
     */
    public SimulatorSettings withCertificateAuthority(Path certificate, Path key) {
        return changed(s -> {
            s.certificateAuthorityFile = Optional.of(certificate);
            s.certificateAuthorityKeyFile = Optional.of(key);
        });
    }

    int port() {
        return port;
    }

    Map<Service, Integer> servicePorts() {
        return servicePorts;
    }

    OptionalInt controlPort() {
        return controlPort;
    }

    long seed() {
        return seed;
    }

    Clock clock() {
        return clock;
    }

    int v2ReportsPerEntry() {
        return v2ReportsPerEntry;
    }

    int v1ReportsPerEntry() {
        return v1ReportsPerEntry;
    }

    int maximumIds() {
        return maximumIds;
    }

    Duration sessionLifetime() {
        return sessionLifetime;
    }

    boolean foreignAnisette() {
        return foreignAnisette;
    }

    boolean minimalWidthProofs() {
        return minimalWidthProofs;
    }

    Optional<Path> certificateAuthorityFile() {
        return certificateAuthorityFile;
    }

    Optional<Path> certificateAuthorityKeyFile() {
        return certificateAuthorityKeyFile;
    }

    private SimulatorSettings changed(Consumer<SimulatorSettings> change) {
        SimulatorSettings copy = new SimulatorSettings();
        copy.port = port;
        copy.servicePorts = new EnumMap<>(servicePorts);
        copy.controlPort = controlPort;
        copy.seed = seed;
        copy.clock = clock;
        copy.v2ReportsPerEntry = v2ReportsPerEntry;
        copy.v1ReportsPerEntry = v1ReportsPerEntry;
        copy.maximumIds = maximumIds;
        copy.sessionLifetime = sessionLifetime;
        copy.foreignAnisette = foreignAnisette;
        copy.minimalWidthProofs = minimalWidthProofs;
        copy.certificateAuthorityFile = certificateAuthorityFile;
        copy.certificateAuthorityKeyFile = certificateAuthorityKeyFile;
        change.accept(copy);
        return copy;
    }

    private static int requirePort(int port) {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("A port is 0 to 65535, found " + port + ".");
        }
        return port;
    }
}
