package org.trackerreports.movement;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;

/**
 * A tracker entered or left a place.
 *
 * @param id follows from tracker, place, direction and causing report, so it is the same after every recomputation
 * @param trackerId the tracker
 * @param placeId the place
 * @param direction entered or left
 * @param eventTime time of the causing report
 * @param causingDigest the report that was the first of those that decided
 * @param decidedTime time of the report that confirmed it; equal to {@code eventTime} if one is enough
 * @param decidedDigest that report
 */
public record Transition(
        UUID id,
        long trackerId,
        long placeId,
        Direction direction,
        Instant eventTime,
        UUID causingDigest,
        Instant decidedTime,
        UUID decidedDigest) {

    static Transition of(
            long trackerId, long placeId, Direction direction, PlaceState.Point causing, PlaceState.Point deciding) {
        return new Transition(
                idOf(trackerId, placeId, direction, causing.digest()),
                trackerId,
                placeId,
                direction,
                causing.time(),
                causing.digest(),
                deciding.time(),
                deciding.digest());
    }

    /** The first 16 bytes of SHA-256 of {@code tracker|place|direction|digest}. */
    static UUID idOf(long trackerId, long placeId, Direction direction, UUID causingDigest) {
        String cause = trackerId + "|" + placeId + "|" + direction + "|" + causingDigest;
        try {
            ByteBuffer hash = ByteBuffer.wrap(
                    MessageDigest.getInstance("SHA-256").digest(cause.getBytes(StandardCharsets.UTF_8)));
            return new UUID(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }
}
