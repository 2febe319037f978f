package org.trackerreports.findmy.p224;

import java.util.Arrays;

/**
 * A point of P-224 in Jacobian coordinates, {@code (X/Z², Y/Z³)}, during a multiplication.
 *
 * <p>Formulas for a = −3: doubling "dbl-2001-b" and addition "madd-2004-hmv" of the Explicit-Formulas Database (Bernstein, Lange). The doubling is valid for every point of the curve, which has no point of order 2. The
 * addition is valid for two points that are neither equal nor opposite nor at infinity; the caller must ensure this.
 *
 * <p>The coordinates always have 1 unit (see {@link FieldElement}). Mutable, not thread-safe.
 */
final class JacobianPoint {

    final FieldElement x = new FieldElement();
    final FieldElement y = new FieldElement();
    final FieldElement z = new FieldElement();

    private final FieldElement delta = new FieldElement();
    private final FieldElement gamma = new FieldElement();
    private final FieldElement beta = new FieldElement();
    private final FieldElement alpha = new FieldElement();
    private final FieldElement term = new FieldElement();

    /** A point with Z = 1. The coordinates must have 1 unit each. */
    static JacobianPoint affine(FieldElement x, FieldElement y) {
        JacobianPoint point = new JacobianPoint();
        point.x.set(x);
        point.y.set(y);
        point.z.set(FieldElement.one());
        return point;
    }

    JacobianPoint copy() {
        JacobianPoint copy = affine(x, y);
        copy.z.set(z);
        return copy;
    }

    /** Multiplies this point by {@code 2^times}. Each doubling costs 3 products and 5 squarings. */
    void doubled(int times) {
        for (int done = 0; done < times; done++) {
            delta.square(z);
            gamma.square(y);
            beta.product(x, gamma);
            alpha.difference(x, delta);
            term.sum(x, delta);
            alpha.product(alpha, term);
            alpha.multiple(3, alpha);
            term.sum(y, z);
            delta.sum(gamma, delta);
            z.squareMinus(term, delta);
            delta.multiple(8, beta);
            x.squareMinus(alpha, delta);
            term.reducedMultipleMinus(4, beta, x);
            gamma.square(gamma);
            gamma.multiple(8, gamma);
            y.productMinus(alpha, term, gamma);
        }
    }

    /** Adds a point with Z = 1, whose coordinates must have 1 unit each. Costs 8 products and 3 squarings. */
    void add(FieldElement affineX, FieldElement affineY) {
        delta.square(z);
        alpha.product(affineX, delta);
        alpha.difference(alpha, x);
        delta.product(delta, z);
        beta.product(affineY, delta);
        beta.difference(beta, y);
        z.product(z, alpha);
        gamma.square(alpha);
        alpha.product(gamma, alpha);
        gamma.product(x, gamma);
        delta.sum(gamma, gamma);
        delta.sum(delta, alpha);
        x.squareMinus(beta, delta);
        gamma.difference(gamma, x);
        alpha.product(y, alpha);
        y.productMinus(beta, gamma, alpha);
    }

    /** Converts all points to Z = 1 with one inversion. No point may be at infinity. The field z is invalid afterwards. */
    static void toAffine(JacobianPoint[] points) {
        FieldElement.invertAll(Arrays.stream(points).map(point -> point.z).toArray(FieldElement[]::new));
        for (JacobianPoint point : points) {
            point.alpha.square(point.z);
            point.x.product(point.x, point.alpha);
            point.alpha.product(point.alpha, point.z);
            point.y.product(point.y, point.alpha);
        }
    }
}
