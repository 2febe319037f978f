package org.trackerreports.findmy.p224;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the implementation of point multiplication, once: the {@link KernelMultiplication}, unless the system property
 * {@value #PROPERTY} is {@value #BOUNCY_CASTLE}, or the kernel fails a check with known answers on this Java platform. In that case it logs
 * a warning and uses BouncyCastle.
 */
final class Multiplications {

    /** The system property for choosing the implementation. */
    static final String PROPERTY = "org.trackerreports.findmy.p224";

    /** The kernel, which is the default. */
    static final String KERNEL = "kernel";

    /** BouncyCastle. */
    static final String BOUNCY_CASTLE = "bouncycastle";

    static final PointMultiplication CHOSEN =
            choose(System.getProperty(PROPERTY, KERNEL), KernelMultiplication::new, BouncyCastleMultiplication::new);

    /** A private key, its public X, the point of another key, and the shared X. */
    private record KnownAnswer(byte[] scalar, byte[] publicX, byte[] point, byte[] shared) {

        static KnownAnswer of(String scalar, String publicX, String pointX, String pointY, String shared) {
            HexFormat hex = HexFormat.of();
            return new KnownAnswer(
                    hex.parseHex(scalar),
                    hex.parseHex(publicX),
                    hex.parseHex("04" + pointX + pointY),
                    hex.parseHex(shared));
        }
    }

    private Multiplications() {}

    static PointMultiplication choose(
            String wanted, Supplier<PointMultiplication> kernel, Supplier<PointMultiplication> bouncyCastle) {
        Logger log = LoggerFactory.getLogger(Multiplications.class);
        if (wanted.equals(BOUNCY_CASTLE)) {
            return bouncyCastle.get();
        }
        if (!wanted.equals(KERNEL)) {
            log.warn(
                    "The system property {} is '{}'; expected '{}' or '{}'. Using '{}'.",
                    PROPERTY,
                    wanted,
                    KERNEL,
                    BOUNCY_CASTLE,
                    KERNEL);
        }
        String failure;
        try {
            PointMultiplication made = kernel.get();
            if (answersRight(made)) {
                return made;
            }
            failure = "a wrong answer";
        } catch (RuntimeException e) {
            failure = e.toString();
        }
        log.warn(
                "The fast P-224 arithmetic failed its self-check on this Java platform ({} {}): {}. Using BouncyCastle instead, which"
                        + " decrypts at less than half the speed.",
                System.getProperty("java.vm.name"),
                System.getProperty("java.vm.version"),
                failure);
        return bouncyCastle.get();
    }

    /** Checks two known answers, one with an odd and one with an even scalar. The first is from NIST's CAVP, the second from OpenSSL. */
    private static boolean answersRight(PointMultiplication multiplication) {
        List<KnownAnswer> answers = List.of(
                KnownAnswer.of(
                        "8346a60fc6f293ca5a0d2af68ba71d1dd389e5e40837942df3e43cbd",
                        "8de2e26adf72c582d6568ef638c4fd59b18da171bdf501f1d929e048",
                        "af33cd0629bc7e996320a3f40368f74de8704fa37b8fab69abaae280",
                        "882092ccbba7930f419a8a4f9bb16978bbc3838729992559a6f2e2d7",
                        "7d96f9a3bd3c05cf5cc37feb8b9d5209d5c2597464dec3e9983743e8"),
                KnownAnswer.of(
                        "69034e23338b100d51ea1436580b30b4697905f9d4814a9012b83cfc",
                        "749249e4cb1ccfab5827f6817c72572ecabc7f36d771ea1fc21ce0f2",
                        "8ee06426132d8ecc1b018adda2117ba4ef3eaefed739f02a1bbbd096",
                        "037b14abd47c8b7982ce33e29b371d6e5722b244fea93a71e6c94bf5",
                        "50061bd63ce3a429ca415632a1d9c4ee29e1b4897773851741c7b49b"));
        List<byte[]> scalars = answers.stream().map(KnownAnswer::scalar).toList();
        List<byte[]> publicXs = multiplication.publicXs(scalars);
        List<byte[]> sharedXs = multiplication.sharedXs(
                scalars, answers.stream().map(KnownAnswer::point).toList());
        return IntStream.range(0, answers.size())
                .allMatch(at -> Arrays.equals(publicXs.get(at), answers.get(at).publicX())
                        && Arrays.equals(sharedXs.get(at), answers.get(at).shared()));
    }
}
