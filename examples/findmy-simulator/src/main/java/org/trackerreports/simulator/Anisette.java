package org.trackerreports.simulator;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The provisioned machines and their one-time passwords. Both the anisette server and the services that check its headers look
 * here. Safe for use by many threads.
 */
final class Anisette {
    static final String SHARED_MACHINE = "shared";

    /** A one-time password changes this often. */
    static final Duration STEP = Duration.ofSeconds(30);

    /** Older ones are refused; clients may keep one for up to a minute. */
    private static final int STEPS_ACCEPTED = 4;

    private static final byte[] HEAD = {0, 0, 0, 5, 0, 0, 0, 16};
    private static final byte[] TAIL = {0, 0, 0, 2};

    private final Provisioning provisioning;
    private final SecretSource secrets;
    private final Clock clock;
    private final boolean foreignAccepted;
    private final Map<String, byte[]> secretByMachineId = new ConcurrentHashMap<>();
    private final Map<String, String> machineIdByName = new ConcurrentHashMap<>();
    private final Map<String, String> provisioningDataByIdentifier = new ConcurrentHashMap<>();

    Anisette(SecretSource secrets, Clock clock, boolean foreignAccepted) {
        provisioning = new Provisioning(secrets);
        this.secrets = secrets;
        this.clock = clock;
        this.foreignAccepted = foreignAccepted;
        provision(SHARED_MACHINE);
    }

    /** Gives the name a new machine identity; the old one is not known any more. */
    synchronized String provision(String name) {
        byte[] secret = secrets.fresh("machine/" + name, 32);
        byte[] id = secrets.fresh("machine id/" + name, 60);
        String machineId = Base64.getEncoder().encodeToString(id);
        String old = machineIdByName.put(name, machineId);
        if (old != null) {
            secretByMachineId.remove(old);
        }
        secretByMachineId.put(machineId, secret);
        return machineId;
    }

    Provisioning provisioning() {
        return provisioning;
    }

    /** Whether this is base64 of 16 bytes, as clients of v3 choose for themselves. */
    static boolean isIdentifier(String text) {
        byte[] bytes = decoded(text);
        return bytes != null && bytes.length == 16;
    }

    /** Provisions a machine for a v3 client. Returns the data that the client must send with each request ({@code adi_pb}). */
    String provisionFor(String identifier) {
        provision(identifier);
        String data = secrets.freshBase64("provisioning data", 120);
        provisioningDataByIdentifier.put(identifier, data);
        return data;
    }

    /** The machine of a client of v3, if it was provisioned with this data. */
    Optional<String> machineIdFor(String identifier, String provisioningData) {
        return provisioningData.equals(provisioningDataByIdentifier.get(identifier))
                ? Optional.ofNullable(machineIdByName.get(identifier))
                : Optional.empty();
    }

    String sharedMachineId() {
        return Objects.requireNonNull(machineIdByName.get(SHARED_MACHINE));
    }

    /** The one-time password of a machine at a moment. */
    String oneTimePassword(String machineId, Instant time) {
        byte[] secret = Objects.requireNonNull(secretByMachineId.get(machineId));
        return Base64.getEncoder().encodeToString(password(secret, step(time)));
    }

    /**
     * Checks the pair of headers.
     *
     * @return what is wrong with it, or empty
     */
    Optional<String> fault(String oneTimePassword, String machineId) {
        byte[] password = decoded(oneTimePassword);
        if (password == null || password.length != 28) {
            return Optional.of("X-Apple-I-MD is not base64 of 28 bytes");
        }
        byte[] machine = decoded(machineId);
        if (machine == null || machine.length != 60) {
            return Optional.of("X-Apple-I-MD-M is not base64 of 60 bytes");
        }
        byte[] secret = secretByMachineId.get(machineId);
        if (foreignAccepted) {
            return Optional.empty();
        }
        if (secret == null) {
            return Optional.of("X-Apple-I-MD-M is of a machine that this anisette server did not provision");
        }
        long now = step(clock.instant());
        for (long step = now + 1; step > now - STEPS_ACCEPTED; step--) {
            if (Arrays.equals(password, password(secret, step))) {
                return Optional.empty();
            }
        }
        return Optional.of("X-Apple-I-MD is stale or was not issued for this machine");
    }

    private byte[] password(byte[] secret, long step) {
        String name = "one-time password/" + Base64.getEncoder().encodeToString(secret) + '/' + step;
        return ByteBuffer.allocate(28)
                .put(HEAD)
                .put(secrets.named(name, 16))
                .put(TAIL)
                .array();
    }

    private static long step(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), STEP.toSeconds());
    }

    private static byte @Nullable [] decoded(@Nullable String base64) {
        try {
            return base64 == null ? null : Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
