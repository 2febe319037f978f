package org.trackerreports.findmy.p224;

/**
 * A secret scalar k as a sum of odd digits: {@code k = d0 + Σ d(i) · 2^(1 + 4i)} for i = 0 … 55, with d0 = ±1, every other digit
 * odd and between −15 and 15, and the last one between 1 and 7.
 *
 * <p>Only an odd k has this form. An even k is replaced by n − k, which is odd and belongs to the opposite point. That point has the same
 * X, and only X is needed. The recoding is that of Joye and Tunstall ("Exponent Recoding and Regular Exponentiation
 * Algorithms", 2009), with a lowest window of one bit.
 *
 * <p><b>Why no addition meets equal or opposite points.</b> Let S be the sum of the digits from the top down to some window, and t the
 * next digit with its power of two, 2^w. The next addition is S·P + t·P; it is exceptional only if n divides S − t or S + t. S is
 * an odd positive multiple of a power of two above |t|, and S &lt; 2^224 + 2^221, so both numbers lie strictly between 0 and 2n,
 * where n is the only multiple of n. While w ≥ 1 both are even and n is odd. In the last addition, w = 0, S + t is k, which is
 * below n; S − t is k − 2·d0, which is n only for k = n − 2 and d0 = −1, but n − 2 ≡ 3 modulo 4 has d0 = +1. ∎
 *
 * <p>No branch and no index depends on the scalar. Immutable.
 */
final class ScalarDigits {

    /** The number of bits in a window. */
    static final int WINDOW_BITS = 4;

    /** The number of windows above the lowest bit. */
    static final int WINDOWS = 56;

    /** The order n of the group as words of 32 bits, lowest first. */
    private static final long[] ORDER = {
        0x5C5C2A3DL, 0x13DD2945L, 0xE0B8F03EL, 0xFFFF16A2L, 0xFFFFFFFFL, 0xFFFFFFFFL, 0xFFFFFFFFL
    };

    private static final long WORD = 0xFFFFFFFFL;
    private static final int DIGIT_MASK = (2 << WINDOW_BITS) - 1;

    /** One word more than the scalar has, so that reading beyond its end returns zeros. */
    private final long[] words = new long[ORDER.length + 1];

    /**
     * The digits of a scalar.
     *
     * @param scalar 28 bytes, big-endian, 1 … n−1
     */
    ScalarDigits(byte[] scalar) {
        for (int at = 0; at < scalar.length; at++) {
            int bit = 8 * (scalar.length - 1 - at);
            words[bit >> 5] |= (scalar[at] & 0xFFL) << (bit & 31);
        }
        long odd = -(words[0] & 1);
        long difference = 0;
        for (int at = 0; at < ORDER.length; at++) {
            difference = ORDER[at] - words[at] + (difference >> 32);
            words[at] = words[at] & odd | difference & WORD & ~odd;
        }
    }

    /** The digit of the lowest bit, 1 or −1. */
    int lowest() {
        return (int) (words[0] & 3) - 2;
    }

    /** The digit of the uppermost window, 1, 3, 5 or 7. */
    int uppermost() {
        return (int) (bitsFrom(1 + WINDOW_BITS * (WINDOWS - 1)) | 1) & DIGIT_MASK;
    }

    /**
     * The digit of a window below the uppermost.
     *
     * @param window 0 … 54
     */
    int digit(int window) {
        return ((int) (bitsFrom(1 + WINDOW_BITS * window) | 1) & DIGIT_MASK) - (1 << WINDOW_BITS);
    }

    private long bitsFrom(int bit) {
        int word = bit >> 5;
        return (words[word] | words[word + 1] << 32) >>> (bit & 31);
    }
}
