package org.trackerreports.movement;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.UUID;

/** Makes reports for tests. Places are metres north and east of a point near the equator, where a degree is 111,195 m both ways. */
final class Reports {

    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private static final double DEGREE = 111_195;
    private static final double LATITUDE = 0.5;
    private static final double LONGITUDE = 30;

    private Reports() {}

    static Report at(double minutes, double north, double east) {
        return at(minutes, north, east, 10);
    }

    static Report at(double minutes, double north, double east, double accuracy) {
        Instant time = NOON.plusSeconds(Math.round(minutes * 60));
        return new Report(
                new UUID(
                        Double.doubleToLongBits(minutes * 7919 + north),
                        Double.doubleToLongBits(east + accuracy / 1024)),
                "key",
                time,
                time.plusSeconds(600),
                LATITUDE + north / DEGREE,
                LONGITUDE + east / DEGREE,
                OptionalDouble.of(accuracy),
                2);
    }

    static Report with(Report report, UUID digest, double accuracy, int confidence) {
        return new Report(
                digest,
                report.key(),
                report.time(),
                report.receivedAt(),
                report.latitude(),
                report.longitude(),
                OptionalDouble.of(accuracy),
                confidence);
    }

    static Report received(Report report, Instant receivedAt) {
        return new Report(
                report.digest(),
                report.key(),
                report.time(),
                receivedAt,
                report.latitude(),
                report.longitude(),
                report.accuracy(),
                report.confidence());
    }

    /** A tracker that stays, wanders and travels, with errors, gross errors, twins, equal times, silences, future and null reports. */
    static List<Report> history(long seed, int size) {
        Random random = new Random(seed);
        List<Report> reports = new ArrayList<>();
        double seconds = 0;
        double north = 0;
        double east = 0;
        double speedNorth = 0;
        double speedEast = 0;
        while (reports.size() < size) {
            double step = random.nextInt(30) == 0 ? 0 : random.nextInt(40) == 0 ? 40_000 : 60 + random.nextInt(2_400);
            seconds += step;
            if (random.nextInt(12) == 0) {
                double speed = random.nextInt(3) == 0 ? 0 : random.nextInt(3) == 0 ? 400 : 25;
                speedNorth = speed * random.nextGaussian();
                speedEast = speed * random.nextGaussian();
            } else if (random.nextInt(4) == 0) {
                speedNorth = 0;
                speedEast = 0;
            }
            north = Math.max(-4_000_000, Math.min(4_000_000, north + speedNorth * Math.min(step, 3_000)));
            east = Math.max(-4_000_000, Math.min(4_000_000, east + speedEast * Math.min(step, 3_000)));
            double error = 15 * Math.exp(random.nextGaussian());
            int gross = random.nextInt(15);
            double grossMetres = gross == 0 ? 3_000 * Math.exp(3 * random.nextDouble()) : 0;
            int run = gross == 0 ? 1 + random.nextInt(3) : 1;
            for (int i = 0; i < run; i++) {
                seconds += i == 0 ? 0 : 300;
                add(reports, random, seconds, north + error + grossMetres, east + error * random.nextGaussian(), error);
            }
        }
        return reports;
    }

    private static void add(
            List<Report> reports, Random random, double seconds, double north, double east, double error) {
        Instant time = NOON.plusSeconds(Math.round(seconds));
        boolean nowhere = random.nextInt(60) == 0;
        boolean future = random.nextInt(60) == 0;
        Report report = new Report(
                new UUID(random.nextLong(), random.nextLong()),
                "key" + random.nextInt(2),
                time,
                future ? time.minusSeconds(900) : time.plusSeconds(random.nextInt(40_000)),
                nowhere ? 0 : LATITUDE + north / DEGREE,
                nowhere ? 0 : LONGITUDE + east / DEGREE,
                random.nextInt(50) == 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(Math.min(255, Math.round(error * (0.4 + 1.1 * random.nextDouble())))),
                1 + random.nextInt(3));
        reports.add(report);
        if (random.nextInt(15) == 0) {
            reports.add(with(
                    report,
                    new UUID(random.nextLong(), random.nextLong()),
                    report.metres() + 5,
                    1 + random.nextInt(3)));
        }
    }

    static Instant after(List<Report> reports, Duration wait) {
        return reports.stream()
                .map(Report::receivedAt)
                .max(Instant::compareTo)
                .orElse(NOON)
                .plus(wait);
    }
}
