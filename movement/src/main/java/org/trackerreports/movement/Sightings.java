package org.trackerreports.movement;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Reports in event order, those of one sighting taken as one with the smallest accuracy. Columns instead of objects, because distances
 * between them are all that is computed.
 */
final class Sightings {

    /** Distances are shortened by this multiple of both accuracies: stated accuracies are optimistic. */
    private static final double DEFLATION = 1.5;

    /** The shortest time that a speed is computed over: the clocks of finders differ. */
    private static final double LEAST_SECONDS = 60;

    /** Number of sightings. */
    final int size;

    /** The sighting of each report. */
    final int[] ofReport;

    final UUID[] digest;
    final long[] second;
    final long[] firstReceived;
    final double[] accuracy;
    private final double[] x;
    private final double[] y;
    private final double[] z;

    /** Takes reports that are sorted. */
    Sightings(List<Report> reports) {
        int most = reports.size();
        ofReport = new int[most];
        UUID[] digests = new UUID[most];
        long[] seconds = new long[most];
        long[] received = new long[most];
        double[] accuracies = new double[most];
        x = new double[most];
        y = new double[most];
        z = new double[most];
        int count = 0;
        int firstOfTime = 0;
        for (int i = 0; i < most; i++) {
            Report report = reports.get(i);
            if (!report.time().equals(reports.get(firstOfTime).time())) {
                firstOfTime = i;
            }
            int twin = firstOfTime;
            while (twin < i && !report.isTwinOf(reports.get(twin))) {
                twin++;
            }
            if (twin < i) {
                int sighting = ofReport[twin];
                ofReport[i] = sighting;
                accuracies[sighting] = Math.min(accuracies[sighting], report.metres());
                received[sighting] =
                        Math.min(received[sighting], report.receivedAt().getEpochSecond());
                continue;
            }
            ofReport[i] = count;
            digests[count] = report.digest();
            seconds[count] = report.time().getEpochSecond();
            received[count] = report.receivedAt().getEpochSecond();
            accuracies[count] = report.metres();
            double latitude = Math.toRadians(report.latitude());
            double longitude = Math.toRadians(report.longitude());
            x[count] = Math.cos(latitude) * Math.cos(longitude);
            y[count] = Math.cos(latitude) * Math.sin(longitude);
            z[count] = Math.sin(latitude);
            count++;
        }
        size = count;
        digest = Arrays.copyOf(digests, count);
        second = Arrays.copyOf(seconds, count);
        firstReceived = Arrays.copyOf(received, count);
        accuracy = Arrays.copyOf(accuracies, count);
    }

    /** Metres between two sightings. */
    double metres(int i, int j) {
        double dx = x[i] - x[j];
        double dy = y[i] - y[j];
        double dz = z[i] - z[j];
        double chord = Math.sqrt(dx * dx + dy * dy + dz * dz);
        return 2 * Sphere.RADIUS_METRES * Math.asin(Math.min(1, chord / 2));
    }

    /** Metres that the tracker has moved at least, if both accuracies are right. */
    double leastMetres(int i, int j) {
        return Math.max(0, metres(i, j) - DEFLATION * (accuracy[i] + accuracy[j]));
    }

    /** Metres per second that it has moved at least, if both accuracies are right. */
    double leastSpeed(int i, int j) {
        return leastMetres(i, j) / seconds(i, j);
    }

    double seconds(int i, int j) {
        return Math.max(LEAST_SECONDS, Math.abs(second[j] - second[i]));
    }

    /** Whether the circles of their accuracies overlap. */
    boolean overlap(int i, int j) {
        return metres(i, j) <= accuracy[i] + accuracy[j];
    }

    /** The angle at a sighting between the ways to two others, in degrees. */
    double degreesAt(int at, int one, int other) {
        double toOne = metres(at, one);
        double toOther = metres(at, other);
        // By the chords: the legs that matter are short beside the earth.
        double cosine = ((x[one] - x[at]) * (x[other] - x[at])
                        + (y[one] - y[at]) * (y[other] - y[at])
                        + (z[one] - z[at]) * (z[other] - z[at]))
                * Sphere.RADIUS_METRES
                * Sphere.RADIUS_METRES
                / (toOne * toOther);
        return Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, cosine))));
    }

    /** The first sighting at this time or later; {@code size} if there is none. */
    int firstFrom(Instant time) {
        int at = Arrays.binarySearch(second, time.getEpochSecond());
        if (at < 0) {
            return -at - 1;
        }
        while (at > 0 && second[at - 1] == second[at]) {
            at--;
        }
        return at;
    }
}
