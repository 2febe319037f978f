package org.trackerreports.findmy.report;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.trackerreports.findmy.internal.Digests;
import org.trackerreports.findmy.key.HashedAdvertisementKey;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.p224.P224;
import org.trackerreports.findmy.report.Undecryptable.Reason;

/**
 * Decrypts reports. Thread-safe.
 *
 * <p>With the tracker's private key d and the finder's ephemeral point P: {@code S = X(d · P)}, {@code K = SHA256(S ‖ 00000001 ‖ P)},
 * AES-128-GCM with key {@code K[0..16)}, the 16-byte IV {@code K[16..32)}, no associated data and a tag of 16 bytes. Source: FindMy.py
 * {@code reports.py}, rustpush {@code findmy.rs}, OpenHaystack {@code DecryptReports.swift}.
 *
 * <p>Layout of the 88-byte form: time 4 · confidence 1 · point 57 · ciphertext 10 · tag 16. The 89-byte form, seen since 2024, has an
 * additional byte of unknown meaning after the time.
 */
public final class ReportDecryptor {

    private static final int SHORT_FORM = 88;
    private static final int LONG_FORM = 89;
    private static final int TAG_BITS = 128;
    private static final int TAG_BYTES = TAG_BITS / 8;
    private static final int CIPHERTEXT_BYTES = 10;
    /** How many reports share the fixed part of the arithmetic. Larger batches are not measurably faster. */
    private static final int BATCH = 32;

    private static final byte[] FIRST_BLOCK = {0, 0, 0, 1};

    /** How far a finder's clock may be ahead before its report counts as from the future. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    private final Clock clock;

    /**
     * A decryptor.
     *
     * @param clock for finding reports from the future
     */
    public ReportDecryptor(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Decrypts one report. An invalid payload gives an {@link Undecryptable} and never an exception.
     *
     * @param report the report
     * @param key the private key that belongs to the report's key
     * @return the outcome
     */
    public DecryptionOutcome decrypt(EncryptedReport report, PrivateTrackerKey key) {
        return decryptBatch(List.of(report), hashed -> key).get(0);
    }

    /**
     * Decrypts reports. Faster than decrypting each of them on its own. An invalid report does not affect the others.
     *
     * @param reports the reports
     * @param keys returns the private key for the key of each of the reports
     * @return the outcomes, in the order of the reports
     */
    public List<DecryptionOutcome> decryptAll(
            List<EncryptedReport> reports, Function<HashedAdvertisementKey, PrivateTrackerKey> keys) {
        List<DecryptionOutcome> outcomes = new ArrayList<>(reports.size());
        for (int from = 0; from < reports.size(); from += BATCH) {
            outcomes.addAll(decryptBatch(reports.subList(from, Math.min(reports.size(), from + BATCH)), keys));
        }
        return outcomes;
    }

    private List<DecryptionOutcome> decryptBatch(
            List<EncryptedReport> reports, Function<HashedAdvertisementKey, PrivateTrackerKey> keys) {
        List<EncryptedReport> known =
                reports.stream().filter(ReportDecryptor::hasKnownLength).toList();
        Iterator<byte[]> secrets;
        try {
            secrets = PrivateTrackerKey.sharedSecrets(
                            known.stream()
                                    .map(report -> keys.apply(report.key()))
                                    .toList(),
                            known.stream().map(ReportDecryptor::point).toList())
                    .iterator();
        } catch (IllegalArgumentException e) {
            if (reports.size() == 1) {
                return List.of(new Undecryptable(reports.get(0), Reason.INVALID_POINT, String.valueOf(e.getMessage())));
            }
            // One of the points is invalid. Decrypt the reports one by one to find it.
            return reports.stream()
                    .map(report -> decrypt(report, keys.apply(report.key())))
                    .toList();
        }
        List<DecryptionOutcome> outcomes = new ArrayList<>(reports.size());
        Cipher cipher = cipher();
        for (EncryptedReport report : reports) {
            outcomes.add(hasKnownLength(report) ? open(cipher, report, secrets.next()) : unsupported(report));
        }
        return outcomes;
    }

    private static boolean hasKnownLength(EncryptedReport report) {
        int length = report.rawPayload().length;
        return length == SHORT_FORM || length == LONG_FORM;
    }

    private static Undecryptable unsupported(EncryptedReport report) {
        return new Undecryptable(
                report,
                Reason.UNSUPPORTED_LENGTH,
                "a payload has 88 or 89 bytes, this one has " + report.rawPayload().length);
    }

    private static int confidenceAt(byte[] payload) {
        return payload.length - SHORT_FORM + Integer.BYTES;
    }

    private static byte[] point(EncryptedReport report) {
        byte[] payload = report.rawPayload();
        int pointAt = confidenceAt(payload) + 1;
        return Arrays.copyOfRange(payload, pointAt, pointAt + P224.POINT_BYTES);
    }

    private DecryptionOutcome open(Cipher cipher, EncryptedReport report, byte[] secret) {
        byte[] payload = report.rawPayload();
        int confidenceAt = confidenceAt(payload);
        byte[] derived = Digests.sha256(secret, FIRST_BLOCK, point(report));
        byte[] plain;
        try {
            plain = decrypt(cipher, derived, payload, confidenceAt + 1 + P224.POINT_BYTES);
        } catch (AEADBadTagException e) {
            return new Undecryptable(
                    report,
                    Reason.AUTHENTICATION_FAILED,
                    "the authentication tag does not match: the report belongs to another key, or is damaged");
        }
        return read(report, payload[confidenceAt] & 0xFF, ByteBuffer.wrap(plain));
    }

    private LocationReport read(EncryptedReport report, int confidence, ByteBuffer plain) {
        int latitudeE7 = plain.getInt();
        int longitudeE7 = plain.getInt();
        int accuracy = Byte.toUnsignedInt(plain.get());
        int status = Byte.toUnsignedInt(plain.get());
        Instant timestamp = report.timestamp().orElseThrow();
        double latitude = latitudeE7 / 1e7;
        double longitude = longitudeE7 / 1e7;
        return new LocationReport(
                report,
                timestamp,
                latitude,
                longitude,
                accuracy,
                confidence,
                status,
                flags(timestamp, latitude, longitude));
    }

    private Set<ReportFlag> flags(Instant timestamp, double latitude, double longitude) {
        Set<ReportFlag> flags = EnumSet.noneOf(ReportFlag.class);
        if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) {
            flags.add(ReportFlag.COORDINATES_OUT_OF_RANGE);
        }
        if (latitude == 0 && longitude == 0) {
            flags.add(ReportFlag.NULL_ISLAND);
        }
        if (timestamp.isAfter(clock.instant().plus(CLOCK_TOLERANCE))) {
            flags.add(ReportFlag.FUTURE);
        }
        return flags;
    }

    private static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no AES-GCM", e);
        }
    }

    private static byte[] decrypt(Cipher cipher, byte[] derived, byte[] payload, int ciphertextAt)
            throws AEADBadTagException {
        try {
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(derived, 0, 16, "AES"),
                    new GCMParameterSpec(TAG_BITS, derived, 16, 16));
            return cipher.doFinal(payload, ciphertextAt, CIPHERTEXT_BYTES + TAG_BYTES);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform cannot do AES-GCM with a 16-byte IV", e);
        }
    }
}
