package org.trackerreports.findmy.p224;

import java.util.List;

/**
 * Multiplies points of P-224. Returns only X coordinates. Implementations must be thread-safe.
 *
 * <p>Scalars and coordinates have 28 bytes, big-endian; scalars are in 1 … n−1. {@link P224} checks lengths and ranges first.
 */
interface PointMultiplication {

    /** The message for a point that does not satisfy the equation of the curve. */
    String NOT_ON_CURVE = "the point is not on P-224";

    /** The X coordinates of {@code scalar · G}, in the scalars' order. */
    List<byte[]> publicXs(List<byte[]> scalars);

    /**
     * The X coordinates of {@code scalar · point}, in the lists' order.
     *
     * @param scalars as many as points
     * @param points {@code 04 ‖ X ‖ Y}, both coordinates less than the prime of the field
     * @throws IllegalArgumentException if a point is not on the curve
     */
    List<byte[]> sharedXs(List<byte[]> scalars, List<byte[]> points);
}
