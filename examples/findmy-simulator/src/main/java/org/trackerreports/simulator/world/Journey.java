package org.trackerreports.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/** How somebody with a tag lives: each makes routes of many days that begin at a home. */
public enum Journey {
    /** Never moves. */
    STAY {
        @Override
        void day(Plan plan) {}
    },
    /** One to three walks of half a kilometre to two kilometres each day, 1.3 m/s. */
    WALK {
        @Override
        void day(Plan plan) {
            int walks = 1 + plan.random.nextInt(3);
            for (int walk = 0; walk < walks; walk++) {
                plan.at(8 + 4.0 * walk, 1.5);
                double bearing = plan.random.nextDouble(2 * Math.PI);
                double metres = plan.random.nextDouble(300, 900);
                for (int corner = 0; corner < 3; corner++) {
                    plan.way.straightTo(Earth.from(plan.home, bearing + 0.8 * corner, metres), 1.3);
                }
                plan.way.straightTo(plan.home, 1.3);
            }
        }
    },
    /** To work by bicycle, 3 to 9 km, 5 m/s, and on some evenings to a shop. */
    BICYCLE {
        @Override
        void day(Plan plan) {
            if (plan.isWorkday()) {
                plan.at(8, 0.5);
                plan.way.byRoad(plan.fixed(1, 3_000, 9_000), 5);
                plan.at(17, 0.5);
                plan.way.byRoad(plan.home, 5);
            }
            if (plan.random.nextInt(2) == 0) {
                plan.at(19, 0.5);
                plan.way.byRoad(plan.somewhere(1_000, 4_000), 5);
                plan.wait(15, 60);
                plan.way.byRoad(plan.home, 5);
            }
        }
    },
    /** To work by car, 10 to 40 km, 16 m/s, on most evenings to a shop, and away at weekends, 25 m/s. */
    CAR {
        @Override
        void day(Plan plan) {
            if (plan.isWorkday()) {
                plan.at(7.5, 0.5);
                plan.way.byRoad(plan.fixed(1, 10_000, 40_000), 16);
                plan.at(16.5, 0.5);
                plan.way.byRoad(plan.home, 16);
                if (plan.random.nextInt(10) < 6) {
                    plan.at(19, 0.5);
                    plan.way.byRoad(plan.somewhere(3_000, 8_000), 12);
                    plan.wait(10, 45);
                    plan.way.byRoad(plan.home, 12);
                }
            } else {
                plan.at(10, 1);
                plan.way.byRoad(plan.somewhere(40_000, 120_000), 25);
                plan.wait(180, 360);
                plan.way.byRoad(plan.home, 25);
            }
        }
    },
    /** Every other day by train, 100 to 500 km, 45 m/s, and back in the evening. */
    TRAIN {
        @Override
        void day(Plan plan) {
            if (plan.day % 2 == 0) {
                Position station = plan.fixed(1, 1_000, 4_000);
                plan.at(6.5, 0.5);
                plan.way.byRoad(station, 5);
                plan.wait(5, 20);
                plan.way.byRoad(plan.somewhere(100_000, 500_000), 45);
                plan.wait(300, 420);
                plan.way.byRoad(station, 45);
                plan.wait(3, 10);
                plan.way.byRoad(plan.home, 5);
            }
        }
    },
    /** Every fourth day to or from a town 500 to 8,000 km away, 240 m/s. */
    FLIGHT {
        @Override
        void day(Plan plan) {
            if (plan.day % 4 != 1) {
                return;
            }
            boolean isHome = plan.way.here().equals(plan.home);
            Position airport = plan.fixed(1, 15_000, 35_000);
            Position otherAirport = plan.fixed(2, 500_000, 8_000_000);
            Position town = Earth.from(otherAirport, 1, 15_000);
            plan.at(9, 2);
            plan.way.byRoad(isHome ? airport : otherAirport, 15);
            plan.wait(70, 120);
            plan.way.straightTo(isHome ? otherAirport : airport, 240);
            plan.wait(20, 50);
            plan.way.byRoad(isHome ? town : plan.home, 15);
        }
    },
    /** On workdays 25 to 40 stops of some minutes in a town, 8 m/s. */
    VAN_ROUND {
        @Override
        void day(Plan plan) {
            if (!plan.isWorkday()) {
                return;
            }
            plan.at(8, 0.5);
            int stops = 25 + plan.random.nextInt(16);
            for (int stop = 0; stop < stops; stop++) {
                Position centre = plan.home;
                Position next = Earth.from(
                        plan.way.here(), plan.random.nextDouble(2 * Math.PI), plan.random.nextDouble(300, 3_500));
                plan.way.byRoad(Earth.metres(centre, next) > 12_000 ? Earth.between(centre, next, 0.5) : next, 8);
                plan.wait(2, 8);
            }
            plan.way.byRoad(plan.home, 8);
        }
    };

    private static final long SECONDS_PER_DAY = 86_400;

    abstract void day(Plan plan);

    /**
     * A route of this kind. Before its first day and after its last one the tag stays where it is.
     *
     * @param home where it begins
     * @param start midnight of the first day
     * @param days how many
     * @param seed equal seeds give equal routes
     */
    public Route route(Position home, Instant start, int days, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ItineraryRoute.Builder way = new ItineraryRoute.Builder(home, start, random);
        for (int day = 0; day < days; day++) {
            day(new Plan(way, home, start.plusSeconds(day * SECONDS_PER_DAY), day, seed, random));
        }
        return way.build();
    }

    /** A day. */
    static final class Plan {
        private final ItineraryRoute.Builder way;
        private final Position home;
        private final Instant midnight;
        private final int day;
        private final long seed;
        private final SplittableRandom random;

        private Plan(
                ItineraryRoute.Builder way,
                Position home,
                Instant midnight,
                int day,
                long seed,
                SplittableRandom random) {
            this.way = way;
            this.home = home;
            this.midnight = midnight;
            this.day = day;
            this.seed = seed;
            this.random = random;
        }

        private boolean isWorkday() {
            return day % 7 < 5;
        }

        private void at(double hour, double give) {
            way.until(midnight.plusSeconds(Math.round((hour + random.nextDouble(-give, give)) * 3_600)));
        }

        private void wait(int leastMinutes, int mostMinutes) {
            way.stay(Duration.ofSeconds(random.nextLong(leastMinutes * 60L, mostMinutes * 60L)));
        }

        private Position somewhere(double leastMetres, double mostMetres) {
            return Earth.from(home, random.nextDouble(2 * Math.PI), random.nextDouble(leastMetres, mostMetres));
        }

        /** A place that is the same every day. */
        private Position fixed(int number, double leastMetres, double mostMetres) {
            SplittableRandom own = new SplittableRandom(new SplittableRandom(seed + number).nextLong());
            return Earth.from(home, own.nextDouble(2 * Math.PI), own.nextDouble(leastMetres, mostMetres));
        }
    }
}
