package org.trackerreports.findmy.internal;

import java.util.List;

/**
 * Multiplication of points of P-224, of which only the X coordinate is wanted. Implementations are thread-safe.
 *
 * <p>Scalars and coordinates are 28 bytes, big-endian; scalars lie in 1 … n−1. {@link P224} has checked lengths and ranges before.
 */
interface PointMultiplication {

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
