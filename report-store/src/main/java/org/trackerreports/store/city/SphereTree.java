package org.trackerreports.store.city;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A k-d tree over points of the unit sphere. Straight distance in space grows with distance on the sphere, so there are no special
 * cases at poles and at the date line. Immutable and thread-safe.
 */
final class SphereTree {

    private static final int DIMENSIONS = 3;

    /** Three coordinates for each point, by its number. */
    private final double[] coordinates;

    /** The tree without pointers: the middle of each range is its root, and the halves are its subtrees. */
    private final int[] order;

    SphereTree(List<double[]> latitudesAndLongitudes) {
        coordinates = new double[DIMENSIONS * latitudesAndLongitudes.size()];
        for (int i = 0; i < latitudesAndLongitudes.size(); i++) {
            double[] position = latitudesAndLongitudes.get(i);
            System.arraycopy(vector(position[0], position[1]), 0, coordinates, DIMENSIONS * i, DIMENSIONS);
        }
        order = IntStream.range(0, latitudesAndLongitudes.size()).toArray();
        build(0, order.length, 0);
    }

    /** The number of the point that is nearest to a position. */
    int nearest(double latitude, double longitude) {
        Search search = new Search(vector(latitude, longitude));
        search.in(0, order.length, 0);
        return search.best;
    }

    /** The angle between a point and a position, in radians. */
    double angleTo(int point, double latitude, double longitude) {
        return 2 * Math.asin(Math.min(1, Math.sqrt(squareDistance(point, vector(latitude, longitude))) / 2));
    }

    private static double[] vector(double latitude, double longitude) {
        double phi = Math.toRadians(latitude);
        double lambda = Math.toRadians(longitude);
        return new double[] {Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)};
    }

    private double squareDistance(int point, double[] target) {
        double sum = 0;
        for (int axis = 0; axis < DIMENSIONS; axis++) {
            double difference = coordinates[DIMENSIONS * point + axis] - target[axis];
            sum += difference * difference;
        }
        return sum;
    }

    private void build(int from, int to, int axis) {
        if (to - from < 2) {
            return;
        }
        int middle = (from + to) >>> 1;
        select(from, to - 1, middle, axis);
        build(from, middle, (axis + 1) % DIMENSIONS);
        build(middle + 1, to, (axis + 1) % DIMENSIONS);
    }

    /** Quickselect: afterwards the wanted place holds what sorting would put there, with the lesser ones before it. */
    private void select(int first, int last, int wanted, int axis) {
        int low = first;
        int high = last;
        while (low < high) {
            double pivot = value((low + high) >>> 1, axis);
            int i = low;
            int j = high;
            while (i <= j) {
                while (value(i, axis) < pivot) {
                    i++;
                }
                while (value(j, axis) > pivot) {
                    j--;
                }
                if (i <= j) {
                    int swapped = order[i];
                    order[i++] = order[j];
                    order[j--] = swapped;
                }
            }
            if (wanted <= j) {
                high = j;
            } else if (wanted >= i) {
                low = i;
            } else {
                return;
            }
        }
    }

    private double value(int place, int axis) {
        return coordinates[DIMENSIONS * order[place] + axis];
    }

    private final class Search {
        private final double[] target;
        private double bestSquare = Double.POSITIVE_INFINITY;
        private int best = -1;

        Search(double[] target) {
            this.target = target;
        }

        void in(int from, int to, int axis) {
            if (from >= to) {
                return;
            }
            int middle = (from + to) >>> 1;
            double square = squareDistance(order[middle], target);
            if (square < bestSquare) {
                bestSquare = square;
                best = order[middle];
            }
            double side = target[axis] - value(middle, axis);
            int next = (axis + 1) % DIMENSIONS;
            if (side < 0) {
                in(from, middle, next);
            } else {
                in(middle + 1, to, next);
            }
            if (side * side < bestSquare) {
                if (side < 0) {
                    in(middle + 1, to, next);
                } else {
                    in(from, middle, next);
                }
            }
        }
    }
}
