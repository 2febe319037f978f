package org.trackerreports.findmy.p224;

import java.util.Arrays;

/**
 * A number modulo the prime of P-224, p = 2^224 − 2^96 + 1, in four limbs of 56 bits: {@code l0 + l1·2^56 + l2·2^112 + l3·2^168}.
 *
 * <p>The limbs are signed and need not be reduced, so sums and differences cost four instructions and no carry. Every operation
 * states the maximum size of its result in units: a limb of u units has an absolute value of at most u · (2^56 + 2^48). Products and
 * squares accept operands of at most 3 units, and their results have 1 unit.
 *
 * <p>A product of two limbs is split at bit 56: with both operands shifted left by 4, {@link Math#multiplyHigh} gives ⌊a·b / 2^56⌋, and
 * the low 64 bits of the same product, shifted back by 8, are the rest, 0 … 2^56 − 1. The difference of two operands' halves has 6 units and
 * still fits when it is shifted: 6 · (2^56 + 2^48) · 2^4 &lt; 2^63. Because the same shifted operands serve both halves, and
 * Karatsuba's method works on two limbs at a time, only a few numbers are live at the same time. This makes it fast, because a compiler
 * that runs out of registers moves more than it multiplies.
 *
 * <p>No branch and no index depends on a value.
 *
 * <p>Mutable, because these numbers are only used within one multiplication of a point. Not thread-safe.
 */
final class FieldElement {

    /** The length of a number below p in bytes. */
    static final int BYTES = 28;

    private static final int LIMB_BITS = 56;
    private static final int SHIFT = (64 - LIMB_BITS) / 2;
    private static final int LIMB_BYTES = LIMB_BITS / 8;
    private static final long LIMB = (1L << LIMB_BITS) - 1;

    /** p is 1 − 2^96 + 2^224: limb 1 has 2^56 − 2^40 after the borrow from limb 2. */
    private static final long P0 = 1;

    private static final long P1 = (1L << LIMB_BITS) - (1L << 40);
    private static final long P2 = LIMB;
    private static final long P3 = LIMB;

    private static final FieldElement ZERO = new FieldElement();

    long l0;
    long l1;
    long l2;
    long l3;

    /** A number from 28 big-endian bytes, 1 unit. */
    static FieldElement of(byte[] bytes, int from) {
        FieldElement element = new FieldElement();
        element.l0 = limb(bytes, from + 3 * LIMB_BYTES);
        element.l1 = limb(bytes, from + 2 * LIMB_BYTES);
        element.l2 = limb(bytes, from + LIMB_BYTES);
        element.l3 = limb(bytes, from);
        return element;
    }

    private static long limb(byte[] bytes, int from) {
        long limb = 0;
        for (int at = from; at < from + LIMB_BYTES; at++) {
            limb = limb << 8 | bytes[at] & 0xFF;
        }
        return limb;
    }

    /** The number 1. */
    static FieldElement one() {
        FieldElement one = new FieldElement();
        one.l0 = 1;
        return one;
    }

    /** New elements, all zero. */
    static FieldElement[] zeros(int count) {
        FieldElement[] zeros = new FieldElement[count];
        Arrays.setAll(zeros, at -> new FieldElement());
        return zeros;
    }

    void set(FieldElement other) {
        l0 = other.l0;
        l1 = other.l1;
        l2 = other.l2;
        l3 = other.l3;
    }

    /** a + b. The units of the operands add up. */
    void sum(FieldElement a, FieldElement b) {
        l0 = a.l0 + b.l0;
        l1 = a.l1 + b.l1;
        l2 = a.l2 + b.l2;
        l3 = a.l3 + b.l3;
    }

    /** a − b. The units of the operands add up. */
    void difference(FieldElement a, FieldElement b) {
        l0 = a.l0 - b.l0;
        l1 = a.l1 - b.l1;
        l2 = a.l2 - b.l2;
        l3 = a.l3 - b.l3;
    }

    /** factor · a − b, reduced to 1 unit; together at most 64 units. */
    void reducedMultipleMinus(int factor, FieldElement a, FieldElement b) {
        carry(factor * a.l0 - b.l0, factor * a.l1 - b.l1, factor * a.l2 - b.l2, factor * a.l3 - b.l3);
    }

    /** factor · a. */
    void multiple(int factor, FieldElement a) {
        l0 = factor * a.l0;
        l1 = factor * a.l1;
        l2 = factor * a.l2;
        l3 = factor * a.l3;
    }

    /** factor · a, reduced to 1 unit; at most 64 units. */
    void reducedMultiple(int factor, FieldElement a) {
        carry(factor * a.l0, factor * a.l1, factor * a.l2, factor * a.l3);
    }

    /** a − factor · b, reduced to 1 unit; a and factor · b together at most 64 units. */
    void minusMultiple(FieldElement a, int factor, FieldElement b) {
        carry(a.l0 - factor * b.l0, a.l1 - factor * b.l1, a.l2 - factor * b.l2, a.l3 - factor * b.l3);
    }

    /** a − b − c, reduced to 1 unit; together at most 64 units. */
    void minusBoth(FieldElement a, FieldElement b, FieldElement c) {
        carry(a.l0 - b.l0 - c.l0, a.l1 - b.l1 - c.l1, a.l2 - b.l2 - c.l2, a.l3 - b.l3 - c.l3);
    }

    /** a · b, 1 unit. */
    void product(FieldElement a, FieldElement b) {
        productMinus(a, b, ZERO);
    }

    /**
     * a · b − c, 1 unit; c at most 8 units. Karatsuba's method with halves of two limbs: with a = A0 + A1·2^112, b likewise, P = A0·B0 and
     * Q = A1·B1, the product is P + (P + Q + (A1 − A0)·(B0 − B1))·2^112 + Q·2^224.
     */
    void productMinus(FieldElement a, FieldElement b, FieldElement c) {
        long a0 = a.l0 << SHIFT;
        long a1 = a.l1 << SHIFT;
        long b0 = b.l0 << SHIFT;
        long b1 = b.l1 << SHIFT;
        long p0 = low(a0, b0);
        long p1 = high(a0, b0) + low(a0, b1) + low(a1, b0);
        long p2 = high(a0, b1) + high(a1, b0) + low(a1, b1);
        long p3 = high(a1, b1);
        long a2 = a.l2 << SHIFT;
        long a3 = a.l3 << SHIFT;
        long b2 = b.l2 << SHIFT;
        long b3 = b.l3 << SHIFT;
        long q0 = low(a2, b2);
        long q1 = high(a2, b2) + low(a2, b3) + low(a3, b2);
        long q2 = high(a2, b3) + high(a3, b2) + low(a3, b3);
        long q3 = high(a3, b3);
        long d0 = a2 - a0;
        long d1 = a3 - a1;
        long e0 = b0 - b2;
        long e1 = b1 - b3;
        long m0 = low(d0, e0) + p0 + q0;
        long m1 = high(d0, e0) + low(d0, e1) + low(d1, e0) + p1 + q1;
        long m2 = high(d0, e1) + high(d1, e0) + low(d1, e1) + p2 + q2;
        long m3 = high(d1, e1) + p3 + q3;
        reduce(p0 - c.l0, p1 - c.l1, p2 + m0 - c.l2, p3 + m1 - c.l3, q0 + m2, q1 + m3, q2, q3);
    }

    /** The lower 56 bits of the product of two limbs that are shifted by {@link #SHIFT}. */
    private static long low(long a, long b) {
        return a * b >>> 2 * SHIFT;
    }

    /** The upper bits of the product, above {@link #low}. */
    private static long high(long a, long b) {
        return Math.multiplyHigh(a, b);
    }

    /** a², 1 unit. */
    void square(FieldElement a) {
        squareMinus(a, ZERO);
    }

    /** a² − b, 1 unit; b at most 8 units. As {@link #productMinus}, but subtracts (A1 − A0)². */
    void squareMinus(FieldElement a, FieldElement b) {
        long a0 = a.l0 << SHIFT;
        long a1 = a.l1 << SHIFT;
        long p0 = low(a0, a0);
        long p1 = high(a0, a0) + 2 * low(a0, a1);
        long p2 = 2 * high(a0, a1) + low(a1, a1);
        long p3 = high(a1, a1);
        long a2 = a.l2 << SHIFT;
        long a3 = a.l3 << SHIFT;
        long q0 = low(a2, a2);
        long q1 = high(a2, a2) + 2 * low(a2, a3);
        long q2 = 2 * high(a2, a3) + low(a3, a3);
        long q3 = high(a3, a3);
        long d0 = a2 - a0;
        long d1 = a3 - a1;
        long m0 = p0 + q0 - low(d0, d0);
        long m1 = p1 + q1 - high(d0, d0) - 2 * low(d0, d1);
        long m2 = p2 + q2 - 2 * high(d0, d1) - low(d1, d1);
        long m3 = p3 + q3 - high(d1, d1);
        reduce(p0 - b.l0, p1 - b.l1, p2 + m0 - b.l2, p3 + m1 - b.l3, q0 + m2, q1 + m3, q2, q3);
    }

    /**
     * Folds the upper four of eight columns into the lower four by 2^224 ≡ 2^96 − 1, where 2^96 is 2^40 in limb 1. Apart from rounding errors of
     * less than 16, a column is a sum of at most four upper halves of 3 · 3 units each, as in schoolbook multiplication, and at most six
     * lower halves of 1 unit. With a subtrahend of 8 units and the folded columns it stays below 2^63 = 128 · 2^56. Intermediate sums may
     * overflow without harm.
     */
    private void reduce(long r0, long r1, long r2, long r3, long r4, long r5, long r6, long r7) {
        long q5 = r5 + (r7 >> 16);
        long q4 = r4 + ((r7 & 0xFFFF) << 40) + (r6 >> 16);
        carry(
                r0 - q4,
                r1 - q5 + ((q4 & 0xFFFF) << 40),
                r2 - r6 + ((q5 & 0xFFFF) << 40) + (q4 >> 16),
                r3 - r7 + ((r6 & 0xFFFF) << 40) + (q5 >> 16));
    }

    /**
     * Reduces limbs of any size below 2^63 to 1 unit. Adds the bits of each limb above 56, an absolute value of at most 2^7, to the next
     * limb, all at the same time, and folds those of the last limb.
     */
    private void carry(long r0, long r1, long r2, long r3) {
        long top = r3 >> LIMB_BITS;
        l0 = (r0 & LIMB) - top;
        l1 = (r1 & LIMB) + (r0 >> LIMB_BITS) + (top << 40);
        l2 = (r2 & LIMB) + (r1 >> LIMB_BITS);
        l3 = (r3 & LIMB) + (r2 >> LIMB_BITS);
    }

    /** a^(2^times), 1 unit. */
    private void squares(FieldElement a, int times) {
        square(a);
        for (int done = 1; done < times; done++) {
            square(this);
        }
    }

    /**
     * The inverse by Fermat's little theorem, a^(p−2) with p − 2 = (2^127 − 1) · 2^97 + (2^96 − 1). Always 223 squarings and 11 products. The
     * inverse of 0 is 0.
     */
    void inverse(FieldElement a) {
        FieldElement x2 = power(a, 1, a);
        FieldElement x3 = power(x2, 1, a);
        FieldElement x6 = power(x3, 3, x3);
        FieldElement x12 = power(x6, 6, x6);
        FieldElement x24 = power(x12, 12, x12);
        FieldElement x48 = power(x24, 24, x24);
        FieldElement x96 = power(x48, 48, x48);
        FieldElement x120 = power(x96, 24, x24);
        FieldElement x126 = power(x120, 6, x6);
        FieldElement x127 = power(x126, 1, a);
        set(power(x127, 97, x96));
    }

    private static FieldElement power(FieldElement base, int squarings, FieldElement factor) {
        FieldElement result = new FieldElement();
        result.squares(base, squarings);
        result.product(result, factor);
        return result;
    }

    /**
     * Inverts all elements, with one inversion and three products for each element (Montgomery's trick).
     *
     * @param elements the elements, none of them 0
     */
    static void invertAll(FieldElement[] elements) {
        FieldElement[] before = new FieldElement[elements.length];
        FieldElement running = one();
        for (int at = 0; at < elements.length; at++) {
            before[at] = new FieldElement();
            before[at].set(running);
            running.product(running, elements[at]);
        }
        running.inverse(running);
        for (int at = elements.length - 1; at >= 0; at--) {
            before[at].product(before[at], running);
            running.product(running, elements[at]);
            elements[at].set(before[at]);
        }
    }

    /** Whether this is 0 modulo p. Only for values that are not secret. */
    boolean isZero() {
        FieldElement canonical = canonical();
        return (canonical.l0 | canonical.l1 | canonical.l2 | canonical.l3) == 0;
    }

    /** The 28 big-endian bytes of the number below p. */
    byte[] toBytes() {
        FieldElement canonical = canonical();
        byte[] bytes = new byte[BYTES];
        write(canonical.l3, bytes, 0);
        write(canonical.l2, bytes, LIMB_BYTES);
        write(canonical.l1, bytes, 2 * LIMB_BYTES);
        write(canonical.l0, bytes, 3 * LIMB_BYTES);
        return bytes;
    }

    private static void write(long limb, byte[] bytes, int from) {
        for (int at = 0; at < LIMB_BYTES; at++) {
            bytes[from + at] = (byte) (limb >> LIMB_BITS - 8 - 8 * at);
        }
    }

    /** The same number, below p, with limbs of 56 bits. */
    private FieldElement canonical() {
        FieldElement result = new FieldElement();
        // After the first carry the number lies between −2^176 and 2^224 + 2^176, so with p added it is positive and
        // below 3p.
        result.carry(l0, l1, l2, l3);
        result.l0 += P0;
        result.l1 += P1;
        result.l2 += P2;
        result.l3 += P3;
        result.subtractPrimeIfNotBelow();
        result.subtractPrimeIfNotBelow();
        return result;
    }

    private void subtractPrimeIfNotBelow() {
        long c0 = l0;
        long c1 = l1 + (c0 >> LIMB_BITS);
        long c2 = l2 + (c1 >> LIMB_BITS);
        long c3 = l3 + (c2 >> LIMB_BITS);
        c0 &= LIMB;
        c1 &= LIMB;
        c2 &= LIMB;
        long d0 = c0 - P0;
        long d1 = c1 - P1 + (d0 >> LIMB_BITS);
        long d2 = c2 - P2 + (d1 >> LIMB_BITS);
        long d3 = c3 - P3 + (d2 >> LIMB_BITS);
        long keep = d3 >> 63;
        l0 = c0 & keep | d0 & LIMB & ~keep;
        l1 = c1 & keep | d1 & LIMB & ~keep;
        l2 = c2 & keep | d2 & LIMB & ~keep;
        l3 = c3 & keep | d3 & ~keep;
    }
}
