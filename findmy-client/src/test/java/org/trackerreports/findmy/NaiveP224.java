package org.trackerreports.findmy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Schoolbook arithmetic on P-224, key derivation and encryption of reports, written from the formulas alone: what the library does fast
 * must come out the same here, slowly. Shares no code with it.
 */
public final class NaiveP224 {

    private static final JsonNode PARAMETERS = Vectors.get("p224");
    private static final BigInteger P = parameter("p_hex");
    private static final BigInteger A = P.subtract(BigInteger.valueOf(3));
    private static final Point G = new Point(parameter("Gx_hex"), parameter("Gy_hex"));

    /** The order of the group. */
    public static final BigInteger N = parameter("n_hex");

    private NaiveP224() {}

    /** A point that is not the one at infinity. */
    public record Point(BigInteger x, BigInteger y) {
        byte[] uncompressed() {
            return ByteBuffer.allocate(57)
                    .put((byte) 4)
                    .put(bytes(x))
                    .put(bytes(y))
                    .array();
        }
    }

    private static BigInteger parameter(String name) {
        return new BigInteger(PARAMETERS.get(name).asText(), 16);
    }

    /** d · G. */
    public static Point publicPoint(BigInteger d) {
        return multiply(d, G);
    }

    private static Point multiply(BigInteger d, Point point) {
        Point sum = null;
        for (int bit = d.bitLength() - 1; bit >= 0; bit--) {
            sum = sum == null ? null : add(sum, sum);
            if (d.testBit(bit)) {
                sum = sum == null ? point : add(sum, point);
            }
        }
        return sum;
    }

    private static Point add(Point a, Point b) {
        BigInteger slope = a.equals(b)
                ? a.x().pow(2).multiply(BigInteger.valueOf(3)).add(A).multiply(inverse(a.y().shiftLeft(1)))
                : b.y().subtract(a.y()).multiply(inverse(b.x().subtract(a.x())));
        BigInteger x = slope.pow(2).subtract(a.x()).subtract(b.x()).mod(P);
        return new Point(x, slope.multiply(a.x().subtract(x)).subtract(a.y()).mod(P));
    }

    private static BigInteger inverse(BigInteger value) {
        return value.mod(P).modInverse(P);
    }

    /** 28 bytes, big-endian. */
    public static byte[] bytes(BigInteger value) {
        byte[] raw = value.toByteArray();
        byte[] result = new byte[28];
        for (int at = 0; at < Math.min(28, raw.length); at++) {
            result[27 - at] = raw[raw.length - 1 - at];
        }
        return result;
    }

    /** The private key of an index, every step of the chain walked. */
    public static BigInteger rollingKey(BigInteger master, byte[] secret, int index) {
        byte[] chain = secret;
        for (int step = 0; step < index; step++) {
            chain = kdf(chain, "update", 32);
        }
        byte[] halves = kdf(chain, "diversify", 72);
        BigInteger u = scalar(Arrays.copyOfRange(halves, 0, 36));
        BigInteger v = scalar(Arrays.copyOfRange(halves, 36, 72));
        return master.multiply(u).add(v).mod(N);
    }

    private static BigInteger scalar(byte[] half) {
        return new BigInteger(1, half).mod(N.subtract(BigInteger.ONE)).add(BigInteger.ONE);
    }

    private static byte[] kdf(byte[] z, String info, int length) {
        byte[] output = new byte[0];
        for (int counter = 1; output.length < length; counter++) {
            byte[] block = sha256(z, new byte[] {0, 0, 0, (byte) counter}, info.getBytes(StandardCharsets.US_ASCII));
            byte[] longer = Arrays.copyOf(output, output.length + block.length);
            System.arraycopy(block, 0, longer, output.length, block.length);
            output = longer;
        }
        return Arrays.copyOf(output, length);
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** What a finder uploads: 88 bytes, or 89 with one byte more after the time. */
    public static byte[] encrypt(
            Point tracker, long secondsSince2001, int confidence, byte[] plain, boolean longForm, Random random) {
        BigInteger ephemeral = new BigInteger(223, random).add(BigInteger.ONE);
        byte[] point = publicPoint(ephemeral).uncompressed();
        byte[] keys = sha256(bytes(multiply(ephemeral, tracker).x()), new byte[] {0, 0, 0, 1}, point);
        byte[] ciphertext;
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(keys, 0, 16, "AES"),
                    new GCMParameterSpec(128, keys, 16, 16));
            ciphertext = cipher.doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        ByteBuffer payload = ByteBuffer.allocate(longForm ? 89 : 88).putInt((int) secondsSince2001);
        if (longForm) {
            payload.put((byte) 0);
        }
        return payload.put((byte) confidence).put(point).put(ciphertext).array();
    }
}
