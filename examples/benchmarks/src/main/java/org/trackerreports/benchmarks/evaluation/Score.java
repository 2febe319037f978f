package org.trackerreports.benchmarks.evaluation;

import java.util.List;
import java.util.Locale;
import org.trackerreports.movement.Circle;
import org.trackerreports.movement.Direction;
import org.trackerreports.movement.Judgement;
import org.trackerreports.movement.Place;
import org.trackerreports.movement.PlaceState;
import org.trackerreports.movement.Report;
import org.trackerreports.movement.Transition;
import org.trackerreports.movement.TransitionFold;
import org.trackerreports.simulator.world.Position;

/** How well a rule did: what it flagged, beside the truth. */
public final class Score {

    /** From this error on, a report is wrong. Of the ordinary errors, one in a hundred thousand is larger. */
    private static final double WRONG_METRES = 1_000;

    private static final double[] CLASSES = {2_000, 5_000, 20_000, Double.MAX_VALUE};
    private static final double HOME_METRES = 150;

    private final long[] wrong = new long[CLASSES.length];
    private final long[] found = new long[CLASSES.length];
    private long right;
    private long rightFlagged;
    private double excessMetres;
    private long falseTransitions;
    private long days;

    /** Adds a tracker. */
    void add(SimulatedTracker tracker, List<Judgement> judgements) {
        Report last = null;
        Position lastTruth = null;
        for (Judgement judgement : judgements) {
            Report report = judgement.report();
            Position truth = tracker.truthOf(report);
            count(Ways.metres(report, truth), judgement.isWrong());
            if (lastTruth != null) {
                excessMetres -= Ways.metres(lastTruth, truth);
            }
            lastTruth = truth;
            if (!judgement.isWrong()) {
                excessMetres += last == null ? 0 : Ways.metres(last, report);
                last = report;
            }
        }
        days += tracker.days();
        Place home = Place.of(
                1,
                "home",
                new Circle(tracker.home().latitudeE7() / 1e7, tracker.home().longitudeE7() / 1e7, HOME_METRES));
        for (Transition transition :
                TransitionFold.of(1, home, PlaceState.BEGINNING, judgements, 1).transitions()) {
            Position truth =
                    tracker.truth().get((int) transition.causingDigest().getLeastSignificantBits());
            double away = Ways.metres(tracker.home(), truth);
            boolean isFalse = transition.direction() == Direction.ENTERED ? away > 2 * HOME_METRES : away < HOME_METRES;
            falseTransitions += isFalse ? 1 : 0;
        }
    }

    private void count(double error, boolean flagged) {
        if (error < WRONG_METRES) {
            right++;
            rightFlagged += flagged ? 1 : 0;
            return;
        }
        int size = 0;
        while (error >= CLASSES[size]) {
            size++;
        }
        wrong[size]++;
        found[size] += flagged ? 1 : 0;
    }

    /** Adds another score. */
    void add(Score other) {
        for (int i = 0; i < CLASSES.length; i++) {
            wrong[i] += other.wrong[i];
            found[i] += other.found[i];
        }
        right += other.right;
        rightFlagged += other.rightFlagged;
        excessMetres += other.excessMetres;
        falseTransitions += other.falseTransitions;
        days += other.days;
    }

    /** Share of the reports that are wrong by more than 5 km that were found. */
    public double recallOfLargeErrors() {
        return share(found[2] + found[3], wrong[2] + wrong[3]);
    }

    /** Share of what was flagged that is wrong. */
    public double precision() {
        long all = found[0] + found[1] + found[2] + found[3];
        return share(all, all + rightFlagged);
    }

    /** Share of right reports that were flagged. */
    public double rightFlagged() {
        return share(rightFlagged, right);
    }

    private static double share(long part, long whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }

    /** Columns as in {@link Evaluation}'s table. */
    List<String> columns() {
        return List.of(
                percent(share(found[1], wrong[1]), 1),
                percent(share(found[2], wrong[2]), 1),
                percent(share(found[3], wrong[3]), 1),
                percent(recallOfLargeErrors(), 1),
                percent(precision(), 1),
                percent(rightFlagged(), 3),
                String.format(Locale.ROOT, "%,.1f", excessMetres / 1000 / days),
                String.format(Locale.ROOT, "%,.0f", 1000.0 * falseTransitions / days));
    }

    private static String percent(double share, int digits) {
        return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%." + digits + "f %%", 100 * share);
    }
}
