package org.trackerreports.findmy.p224;

import java.util.List;

/**
 * Multiplication of points of P-224, of which callers need only the X coordinate. Implementations are thread-safe.
 *
 * <p>Scalars and coordinates are 28 bytes, big-endian; scalars lie in 1 … n−1. {@link P224} checks lengths and ranges before it calls.
 */
interface PointMultiplication {

    /** The message about a point that does not satisfy the equation of the curve. */
    String NOT_ON_CURVE = "the point does not lie on P-224";

    /** The X coordinates of {@code scalar · G}, in the scalars' order. */
    List<byte[]> publicXs(List<byte[]> scalars);

    /**
     * The X coordinates of {@code scalar · point}, in the lists' order.
     *
     * @param scalars as many as points
     * @param points {@code 04 ‖ X ‖ Y}, both coordinates below the field's prime
     * @throws IllegalArgumentException if a point does not lie on the curve
     */
    List<byte[]> sharedXs(List<byte[]> scalars, List<byte[]> points);
}
