package org.trackerreports.simulator;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.agreement.srp.SRP6StandardGroups;
import org.bouncycastle.util.BigIntegers;

/**
 * Server side of the login's SRP-6a: RFC 5054 group of 2048 bits, SHA-256, the user name left out of x, and a password that went
 * through PBKDF2 before. Pure functions.
 */
final class SrpServer {
    static final BigInteger N = SRP6StandardGroups.rfc5054_2048.getN();
    private static final BigInteger G = SRP6StandardGroups.rfc5054_2048.getG();
    private static final int WIDTH = 256;

    private SrpServer() {}

    /** What the server stores instead of the password. */
    static BigInteger verifier(String password, PasswordProtocol protocol, byte[] salt, int iterations) {
        byte[] hashed = hash(password.getBytes(StandardCharsets.UTF_8));
        byte[] input = protocol == PasswordProtocol.S2K
                ? hashed
                : HexFormat.of().formatHex(hashed).getBytes(StandardCharsets.US_ASCII);
        byte[] stretched = pbkdf2(input, salt, iterations);
        byte[] inner = hash(new byte[] {':'}, stretched);
        return G.modPow(new BigInteger(1, hash(salt, inner)), N);
    }

    /** The server's public value B for its secret b. */
    static BigInteger publicValue(BigInteger verifier, BigInteger secret) {
        BigInteger k = new BigInteger(1, hash(fixed(N), fixed(G)));
        return k.multiply(verifier).add(G.modPow(secret, N)).mod(N);
    }

    /**
     * Checks the client's proof.
     *
     * @param minimalWidthToo whether values that begin with zero bytes may also have been hashed without these
     * @return the session key and the server's own proof, or empty if the proof is wrong
     */
    static Optional<Proven> prove(
            String userName,
            byte[] salt,
            BigInteger verifier,
            BigInteger secret,
            BigInteger clientPublic,
            byte[] clientProof,
            boolean minimalWidthToo) {
        BigInteger serverPublic = publicValue(verifier, secret);
        BigInteger u = new BigInteger(1, hash(fixed(clientPublic), fixed(serverPublic)));
        BigInteger shared = clientPublic.multiply(verifier.modPow(u, N)).mod(N).modPow(secret, N);
        Proven fixed = proofs(userName, salt, fixed(clientPublic), fixed(serverPublic), fixed(shared));
        if (MessageDigest.isEqual(fixed.clientProof(), clientProof)) {
            return Optional.of(fixed);
        }
        if (minimalWidthToo) {
            Proven minimal = proofs(userName, salt, minimal(clientPublic), minimal(serverPublic), minimal(shared));
            if (MessageDigest.isEqual(minimal.clientProof(), clientProof)) {
                return Optional.of(minimal);
            }
        }
        return Optional.empty();
    }

    private static Proven proofs(String userName, byte[] salt, byte[] a, byte[] b, byte[] s) {
        byte[] sessionKey = hash(s);
        byte[] group = hash(fixed(N));
        byte[] generator = hash(fixed(G));
        for (int i = 0; i < group.length; i++) {
            group[i] ^= generator[i];
        }
        byte[] user = hash(userName.getBytes(StandardCharsets.UTF_8));
        byte[] m1 = hash(group, user, salt, a, b, sessionKey);
        return new Proven(sessionKey, m1, hash(a, m1, sessionKey));
    }

    static byte[] fixed(BigInteger value) {
        return BigIntegers.asUnsignedByteArray(WIDTH, value);
    }

    private static byte[] minimal(BigInteger value) {
        return BigIntegers.asUnsignedByteArray(value);
    }

    private static byte[] hash(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256.", e);
        }
    }

    /** One block of PBKDF2-HMAC-SHA-256; the JDK's own takes characters only, and these are raw bytes. */
    private static byte[] pbkdf2(byte[] password, byte[] salt, int iterations) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(password, "HmacSHA256"));
            mac.update(salt);
            byte[] round = mac.doFinal(new byte[] {0, 0, 0, 1});
            byte[] result = round.clone();
            for (int i = 1; i < iterations; i++) {
                round = mac.doFinal(round);
                for (int j = 0; j < result.length; j++) {
                    result[j] ^= round[j];
                }
            }
            return Arrays.copyOf(result, 32);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has HMAC-SHA-256.", e);
        }
    }

    /** The outcome of a right proof. */
    record Proven(byte[] sessionKey, byte[] clientProof, byte[] serverProof) {}
}
