package org.trackerreports.findmy.login;

import com.dd.plist.NSDictionary;
import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.crypto.agreement.srp.SRP6StandardGroups;
import org.trackerreports.findmy.internal.Plists;
import org.trackerreports.findmy.login.SrpExchange.PasswordProtocol;

/**
 * What the service answers to {@code init}. Its values are bounded before anything is computed with them: a hostile service could
 * otherwise keep the program busy for minutes, or have the password stretched so little that it can be guessed. Source: section 4.3 of
 * the protocol page; the field sees salts of 16 bytes and 20,082 to 20,136 rounds.
 *
 * @param salt the salt of the password
 * @param serverValue B
 * @param rounds how often the password is stretched
 * @param cookie goes back with the proof
 */
record SrpChallenge(byte[] salt, byte[] serverValue, int rounds, PasswordProtocol protocol, String cookie) {

    private static final BigInteger MODULUS = SRP6StandardGroups.rfc5054_2048.getN();
    private static final int MAX_SERVER_VALUE_BYTES = 256;
    private static final int MIN_SALT_BYTES = 8;
    private static final int MAX_SALT_BYTES = 64;
    private static final int MIN_ROUNDS = 1_000;
    private static final int MAX_ROUNDS = 100_000;
    private static final int MAX_COOKIE_CHARACTERS = 4_096;

    /** The challenge in an answer; empty if a value is missing or out of its bounds. */
    static Optional<SrpChallenge> of(NSDictionary answer) {
        Optional<byte[]> salt = Plists.data(answer, "s")
                .filter(bytes -> bytes.length >= MIN_SALT_BYTES && bytes.length <= MAX_SALT_BYTES);
        Optional<byte[]> serverValue = Plists.data(answer, "B").filter(SrpChallenge::isPublicValue);
        Optional<String> cookie = Plists.text(answer, "c").filter(text -> text.length() <= MAX_COOKIE_CHARACTERS);
        long rounds = Plists.number(answer, "i").orElse(0);
        Optional<PasswordProtocol> protocol = Plists.text(answer, "sp").flatMap(SrpChallenge::protocol);
        return salt.isEmpty()
                        || serverValue.isEmpty()
                        || cookie.isEmpty()
                        || protocol.isEmpty()
                        || rounds < MIN_ROUNDS
                        || rounds > MAX_ROUNDS
                ? Optional.empty()
                : Optional.of(
                        new SrpChallenge(salt.get(), serverValue.get(), (int) rounds, protocol.get(), cookie.get()));
    }

    /** Whether the bytes are a number from 1 to N - 1, as an honest server computes it. */
    static boolean isPublicValue(byte[] bytes) {
        if (bytes.length > MAX_SERVER_VALUE_BYTES) {
            return false;
        }
        BigInteger value = new BigInteger(1, bytes);
        return value.signum() > 0 && value.compareTo(MODULUS) < 0;
    }

    private static Optional<PasswordProtocol> protocol(String name) {
        return switch (name) {
            case "s2k" -> Optional.of(PasswordProtocol.S2K);
            case "s2k_fo" -> Optional.of(PasswordProtocol.S2K_FO);
            default -> Optional.empty();
        };
    }

    @Override
    public String toString() {
        return "SrpChallenge[rounds=" + rounds + ", protocol=" + protocol + "]";
    }
}
