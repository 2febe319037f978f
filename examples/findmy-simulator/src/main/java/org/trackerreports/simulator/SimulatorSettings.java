package org.trackerreports.simulator;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * How a simulator is set up. Start from {@link #defaults()}.
 *
 * @param port port of all services; 0 takes a free one
 * @param seed everything made up follows from it
 * @param clock the time that accounts, anisette and the world go by
 * @param v2ReportsPerEntry the newest reports that a v2 fetch entry gets over all its ids; Apple gives one
 * @param v1ReportsPerEntry the reports that a v1 search entry gets over all its ids; Apple gives 20 to 40
 * @param maximumIds primary or secondary ids in one v2 entry; with more the question is refused
 * @param sessionLifetime how long a search-party token is valid after its login
 * @param foreignAnisette whether one-time passwords of other anisette servers are accepted
 * @param minimalWidthProofs whether a login proof may also have been computed without leading zero bytes, as some libraries do
 * @param certificateAuthorityFile where the certificate authority is written as PEM, if anywhere
 */
public record SimulatorSettings(
        int port,
        long seed,
        Clock clock,
        int v2ReportsPerEntry,
        int v1ReportsPerEntry,
        int maximumIds,
        Duration sessionLifetime,
        boolean foreignAnisette,
        boolean minimalWidthProofs,
        Optional<Path> certificateAuthorityFile) {
    /** Stands for a limit when every report that is kept shall be given, for load tests. */
    public static final int EVERYTHING = Integer.MAX_VALUE;

    /** Checks the ranges. */
    public SimulatorSettings {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("A port is 0 to 65535, found " + port + ".");
        }
        if (v2ReportsPerEntry < 1 || v1ReportsPerEntry < 1 || maximumIds < 1) {
            throw new IllegalArgumentException("Limits of reports and ids start at 1.");
        }
        if (sessionLifetime.isNegative() || sessionLifetime.isZero()) {
            throw new IllegalArgumentException("The session lifetime must be above zero.");
        }
    }

    /** A free port, seed 1, the system's clock, limits as Apple's, sessions of 30 days, no PEM file. */
    public static SimulatorSettings defaults() {
        return new SimulatorSettings(
                0, 1, Clock.systemUTC(), 1, 20, 290, Duration.ofDays(30), false, true, Optional.empty());
    }

    /** The same settings with another port. */
    public SimulatorSettings withPort(int newPort) {
        return new SimulatorSettings(
                newPort,
                seed,
                clock,
                v2ReportsPerEntry,
                v1ReportsPerEntry,
                maximumIds,
                sessionLifetime,
                foreignAnisette,
                minimalWidthProofs,
                certificateAuthorityFile);
    }

    /** The same settings with another seed. */
    public SimulatorSettings withSeed(long newSeed) {
        return new SimulatorSettings(
                port,
                newSeed,
                clock,
                v2ReportsPerEntry,
                v1ReportsPerEntry,
                maximumIds,
                sessionLifetime,
                foreignAnisette,
                minimalWidthProofs,
                certificateAuthorityFile);
    }

    /** The same settings with another clock. */
    public SimulatorSettings withClock(Clock newClock) {
        return new SimulatorSettings(
                port,
                seed,
                newClock,
                v2ReportsPerEntry,
                v1ReportsPerEntry,
                maximumIds,
                sessionLifetime,
                foreignAnisette,
                minimalWidthProofs,
                certificateAuthorityFile);
    }

    /** The same settings with other limits of reports in an entry. */
    public SimulatorSettings withReportsPerEntry(int v2, int v1) {
        return new SimulatorSettings(
                port,
                seed,
                clock,
                v2,
                v1,
                maximumIds,
                sessionLifetime,
                foreignAnisette,
                minimalWidthProofs,
                certificateAuthorityFile);
    }

    /** The same settings with another limit of ids in an entry. */
    public SimulatorSettings withMaximumIds(int limit) {
        return new SimulatorSettings(
                port,
                seed,
                clock,
                v2ReportsPerEntry,
                v1ReportsPerEntry,
                limit,
                sessionLifetime,
                foreignAnisette,
                minimalWidthProofs,
                certificateAuthorityFile);
    }

    /** The same settings with another session lifetime. */
    public SimulatorSettings withSessionLifetime(Duration lifetime) {
        return new SimulatorSettings(
                port,
                seed,
                clock,
                v2ReportsPerEntry,
                v1ReportsPerEntry,
                maximumIds,
                lifetime,
                foreignAnisette,
                minimalWidthProofs,
                certificateAuthorityFile);
    }

    /** The same settings, accepting one-time passwords of other anisette servers or not. */
    public SimulatorSettings withForeignAnisette(boolean accepted) {
        return new SimulatorSettings(
                port,
                seed,
                clock,
                v2ReportsPerEntry,
                v1ReportsPerEntry,
                maximumIds,
                sessionLifetime,
                accepted,
                minimalWidthProofs,
                certificateAuthorityFile);
    }

    /** The same settings, accepting login proofs without leading zero bytes or not. */
    public SimulatorSettings withMinimalWidthProofs(boolean accepted) {
        return new SimulatorSettings(
                port,
                seed,
                clock,
                v2ReportsPerEntry,
                v1ReportsPerEntry,
                maximumIds,
                sessionLifetime,
                foreignAnisette,
                accepted,
                certificateAuthorityFile);
    }

    /** The same settings, writing the certificate authority to a file. */
    public SimulatorSettings withCertificateAuthorityFile(Path file) {
        return new SimulatorSettings(
                port,
                seed,
                clock,
                v2ReportsPerEntry,
                v1ReportsPerEntry,
                maximumIds,
                sessionLifetime,
                foreignAnisette,
                minimalWidthProofs,
                Optional.of(file));
    }
}
