package org.trackerreports.simulator.world;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/**
 * A tag with one static key, generated together with its private key, for demonstrations and load tests that need many tags and a
 * client that can read them.
 *
 * @param privateKey 28 bytes, big-endian; shared, do not change
 * @param advertisedKey 28 bytes; shared, do not change
 * @param spec the tag to add to a world
 */
public record GeneratedTag(byte[] privateKey, byte[] advertisedKey, TagSpec spec) {
    private static final Instant ROUTE_START = Instant.parse("2026-01-01T00:00:00Z");
    private static final double WALKING_SPEED = 1.4;
    private static final Finders FINDERS = Finders.every(Duration.ofMinutes(10));

    /** Towns to walk about in, on both hemispheres: latitude and longitude in degrees. */
    private static final double[][] TOWNS = {
        {52.52, 13.405},
        {48.857, 2.352},
        {40.713, -74.006},
        {-33.869, 151.209},
        {-23.551, -46.633},
        {35.676, 139.65},
        {1.352, 103.82},
        {-1.286, 36.817},
        {64.147, -21.943},
        {-17.713, 178.065}
    };

    /**
     * Makes tags named {@code tag-000001} and so on. Each walks to and fro between two places of a town, and is seen every ten
     * minutes. Equal seeds give equal tags.
     */
    public static List<GeneratedTag> make(long seed, int count) {
        return stream(seed, count).toList();
    }

    /** As {@link #make}, one after the other, for numbers that do not fit in memory twice. In order, and parallel. */
    public static Stream<GeneratedTag> stream(long seed, int count) {
        return IntStream.rangeClosed(1, count)
                .parallel()
                .mapToObj(number -> make(seed, "tag-" + String.format("%06d", number), number));
    }

    /** The id under which the service knows the tag's reports (standard base64 of SHA-256). */
    public String hashedKey() {
        return AdvertisedKeys.hash(advertisedKey);
    }

    @Override
    public String toString() {
        return "GeneratedTag[" + spec.name() + "]";
    }

    private static GeneratedTag make(long seed, String name, int number) {
        byte[] digest = AdvertisedKeys.sha256()
                .digest(ByteBuffer.allocate(64)
                        .putLong(seed)
                        .put(("private key of " + name).getBytes(StandardCharsets.US_ASCII))
                        .array());
        BigInteger order = AdvertisedKeys.P224.getN();
        BigInteger scalar =
                new BigInteger(1, digest).mod(order.subtract(BigInteger.ONE)).add(BigInteger.ONE);
        byte[] advertisedKey = new FixedPointCombMultiplier()
                .multiply(AdvertisedKeys.P224.getG(), scalar)
                .normalize()
                .getAffineXCoord()
                .getEncoded();
        return new GeneratedTag(
                BigIntegers.asUnsignedByteArray(AdvertisedKeys.LENGTH, scalar),
                advertisedKey,
                TagSpec.of(name, KeySchedule.fixed(advertisedKey), walk(seed, number), FINDERS));
    }

    private static Route walk(long seed, int number) {
        SplittableRandom random = new SplittableRandom(seed * 31 + number);
        double[] town = TOWNS[random.nextInt(TOWNS.length)];
        Position from = near(town, random);
        Position to = near(town, random);
        return from.equals(to) ? Route.stayingAt(from) : Route.along(List.of(from, to), ROUTE_START, WALKING_SPEED);
    }

    private static Position near(double[] town, SplittableRandom random) {
        return Position.ofDegrees(town[0] + random.nextDouble(-0.05, 0.05), town[1] + random.nextDouble(-0.05, 0.05));
    }
}
