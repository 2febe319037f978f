package org.trackerreports.findmy.login;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.agreement.srp.SRP6Client;
import org.bouncycastle.crypto.agreement.srp.SRP6StandardGroups;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.SRP6GroupParameters;
import org.trackerreports.findmy.internal.Digests;

/**
 * The client side of SRP-6a in Apple's variant: RFC 5054 group of 2048 bits, SHA-256, no name in x, and the password stretched with
 * PBKDF2 first. One exchange signs in once; not thread-safe.
 *
 * <p>All numbers enter the hashes in 256 bytes. Some programs strip leading zeros instead, and which of both the server insists on is
 * not known; so the own public value is chosen without one, and {@link Proof#hasLeadingZero} tells when the other numbers have one.
 * Source: the Python srp package as FindMy.py uses it; Apple's corecrypto headers for the fixed width.
 */
final class SrpExchange {

    /** How the password is prepared. */
    enum PasswordProtocol {
        /** The SHA-256 of the password as bytes. */
        S2K,
        /** The SHA-256 of the password as lower-case hexadecimal text. */
        S2K_FO
    }

    /**
     * The proof that the password is known.
     *
     * @param evidence M1
     * @param expectedEvidence M2, which the server must answer with
     * @param sessionKey K
     * @param hasLeadingZero whether B or S begins with a zero byte, where implementations differ
     */
    record Proof(byte[] evidence, byte[] expectedEvidence, byte[] sessionKey, boolean hasLeadingZero) {

        /** Compares in constant time. */
        boolean serverKnowsThePassword(byte[] serverEvidence) {
            return MessageDigest.isEqual(expectedEvidence, serverEvidence);
        }

        @Override
        public String toString() {
            return "Proof[hidden]";
        }
    }

    private static final SRP6GroupParameters GROUP = SRP6StandardGroups.rfc5054_2048;
    private static final int WIDTH = 256;
    private static final int STRETCHED_BITS = 256;

    private final Client client;
    private final BigInteger publicValue;

    /** BouncyCastle's arithmetic with a private value of our choice. */
    private static final class Client extends SRP6Client {
        private final BigInteger chosen;

        Client(BigInteger chosen) {
            this.chosen = chosen;
        }

        @Override
        protected BigInteger selectPrivateValue() {
            return chosen;
        }
    }

    /** Begins an exchange with a private value that gives a public value without leading zeros. */
    static SrpExchange begin(SecureRandom random) {
        SrpExchange exchange;
        do {
            exchange = new SrpExchange(new BigInteger(WIDTH * 8, random));
        } while (exchange.publicValue()[0] == 0);
        return exchange;
    }

    /** An exchange with a given private value a. */
    SrpExchange(BigInteger privateValue) {
        client = new Client(privateValue);
        client.init(GROUP, new SHA256Digest(), new SecureRandom());
        publicValue = client.generateClientCredentials(new byte[0], new byte[0], new byte[0]);
    }

    /** A, 256 bytes. */
    byte[] publicValue() {
        return fixedWidth(publicValue);
    }

    /**
     * Answers the server's challenge.
     *
     * @throws CryptoException if B is not a value that an honest server sends
     */
    Proof prove(Credentials credentials, SrpChallenge challenge) throws CryptoException {
        byte[] salt = challenge.salt();
        byte[] serverValue = challenge.serverValue();
        if (!SrpChallenge.isPublicValue(serverValue)) {
            throw new CryptoException("B is not a number from 1 to N - 1");
        }
        byte[] stretched = stretch(credentials.passwordDigest(), challenge.protocol(), salt, challenge.rounds());
        // The credentials depend on the salt, which is known only now; the private value stays the same.
        client.generateClientCredentials(salt, new byte[0], stretched);
        BigInteger b = new BigInteger(1, serverValue);
        BigInteger secret = client.calculateSecret(b);

        byte[] wideA = fixedWidth(publicValue);
        byte[] wideB = fixedWidth(b);
        byte[] wideS = fixedWidth(secret);
        byte[] key = Digests.sha256(wideS);
        byte[] name = Digests.sha256(credentials.accountName().getBytes(StandardCharsets.UTF_8));
        byte[] evidence = Digests.sha256(groupDigest(), name, salt, wideA, wideB, key);
        byte[] expected = Digests.sha256(wideA, evidence, key);
        return new Proof(evidence, expected, key, wideB[0] == 0 || wideS[0] == 0);
    }

    static byte[] stretch(byte[] passwordDigest, PasswordProtocol protocol, byte[] salt, int iterations) {
        byte[] password = protocol == PasswordProtocol.S2K
                ? passwordDigest
                : HexFormat.of().formatHex(passwordDigest).getBytes(StandardCharsets.US_ASCII);
        PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA256Digest());
        generator.init(password, salt, iterations);
        return ((KeyParameter) generator.generateDerivedMacParameters(STRETCHED_BITS)).getKey();
    }

    private static byte[] groupDigest() {
        byte[] modulus = Digests.sha256(fixedWidth(GROUP.getN()));
        byte[] base = Digests.sha256(fixedWidth(GROUP.getG()));
        for (int at = 0; at < modulus.length; at++) {
            modulus[at] ^= base[at];
        }
        return modulus;
    }

    private static byte[] fixedWidth(BigInteger value) {
        byte[] bytes = value.toByteArray();
        if (bytes.length > WIDTH) {
            return Arrays.copyOfRange(bytes, bytes.length - WIDTH, bytes.length);
        }
        byte[] result = new byte[WIDTH];
        System.arraycopy(bytes, 0, result, WIDTH - bytes.length, bytes.length);
        return result;
    }
}
