package org.trackerreports.findmy.report;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.trackerreports.findmy.key.HashedAdvertisementKey;

/**
 * A report as the service returns it. Everything else can be derived from it again. Immutable and thread-safe.
 *
 * <p>The payload comes from strangers and may hold anything. Only decrypting it shows whether it is valid.
 */
public final class EncryptedReport {

    /** 2001-01-01T00:00:00Z: timestamps in reports are seconds since then. */
    private static final long EPOCH_2001 = 978_307_200L;

    private final HashedAdvertisementKey key;
    private final byte[] payload;

    /**
     * A report.
     *
     * @param key the key under which the service returned it
     * @param payload the bytes, decoded from base64; copied
     */
    public EncryptedReport(HashedAdvertisementKey key, byte[] payload) {
        this.key = Objects.requireNonNull(key, "key");
        this.payload = payload.clone();
    }

    /** The key under which the service returned the report. */
    public HashedAdvertisementKey key() {
        return key;
    }

    /** A copy of the bytes. */
    public byte[] payload() {
        return payload.clone();
    }

    /** The bytes themselves, not a copy, for the decryptor. */
    byte[] rawPayload() {
        return payload;
    }

    /**
     * When the finder made the report, by the finder's clock: the first four bytes, which are neither encrypted nor authenticated.
     *
     * @return whole seconds between 2001 and 2137; empty if the payload is too short to hold a time
     */
    public Optional<Instant> timestamp() {
        if (payload.length < Integer.BYTES) {
            return Optional.empty();
        }
        return Optional.of(Instant.ofEpochSecond(
                EPOCH_2001 + Integer.toUnsignedLong(ByteBuffer.wrap(payload).getInt())));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncryptedReport report
                && key.equals(report.key)
                && Arrays.equals(payload, report.payload);
    }

    @Override
    public int hashCode() {
        return 31 * key.hashCode() + Arrays.hashCode(payload);
    }

    @Override
    public String toString() {
        return "EncryptedReport[" + payload.length + " bytes for " + key + "]";
    }
}
