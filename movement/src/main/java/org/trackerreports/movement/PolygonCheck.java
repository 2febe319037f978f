package org.trackerreports.movement;

/** Whether an outline crosses itself. */
final class PolygonCheck {

    private PolygonCheck() {}

    /** The number of the first side that meets another one than at their common corner; -1 if there is none. */
    static int firstCrossing(double[] x, double[] y) {
        int sides = x.length;
        for (int i = 0; i < sides; i++) {
            int iEnd = (i + 1) % sides;
            if (x[i] == x[iEnd] && y[i] == y[iEnd]) {
                return i;
            }
            for (int j = i + 1; j < sides; j++) {
                int jEnd = (j + 1) % sides;
                boolean meet = iEnd == j
                        ? foldsBack(x, y, i, j, jEnd)
                        : jEnd == i ? foldsBack(x, y, j, i, iEnd) : touch(x, y, i, iEnd, j, jEnd);
                if (meet) {
                    return i;
                }
            }
        }
        return -1;
    }

    /** Whether the side after a corner runs back along the one before it. */
    private static boolean foldsBack(double[] x, double[] y, int before, int corner, int after) {
        return turn(x, y, before, corner, after) == 0
                && (x[before] - x[corner]) * (x[after] - x[corner]) + (y[before] - y[corner]) * (y[after] - y[corner])
                        > 0;
    }

    private static boolean touch(double[] x, double[] y, int a, int b, int c, int d) {
        double first = turn(x, y, a, b, c);
        double second = turn(x, y, a, b, d);
        double third = turn(x, y, c, d, a);
        double fourth = turn(x, y, c, d, b);
        if (first * second < 0 && third * fourth < 0) {
            return true;
        }
        return first == 0 && isBetween(x, y, a, b, c)
                || second == 0 && isBetween(x, y, a, b, d)
                || third == 0 && isBetween(x, y, c, d, a)
                || fourth == 0 && isBetween(x, y, c, d, b);
    }

    /** Above 0 for a left turn, below 0 for a right turn, 0 on a line. */
    private static double turn(double[] x, double[] y, int a, int b, int c) {
        return Math.signum((x[b] - x[a]) * (y[c] - y[a]) - (y[b] - y[a]) * (x[c] - x[a]));
    }

    private static boolean isBetween(double[] x, double[] y, int a, int b, int point) {
        return Math.min(x[a], x[b]) <= x[point]
                && x[point] <= Math.max(x[a], x[b])
                && Math.min(y[a], y[b]) <= y[point]
                && y[point] <= Math.max(y[a], y[b]);
    }
}
