package org.trackerreports.movement;

import java.util.ArrayList;
import java.util.List;

/** The reports that decide: judged without flags, confident enough, each sighting once. */
final class Fixes {

    /**
     * A sighting that decides.
     *
     * @param report with the smallest accuracy of its sighting
     * @param first with the smallest digest, which names the sighting
     */
    record Fix(Report report, Report first) {}

    private Fixes() {}

    /** In event order. */
    static List<Fix> of(List<Judgement> judgements, int minimumConfidence) {
        List<Report> deciding = new ArrayList<>(judgements.size());
        for (Judgement judgement : judgements) {
            if (judgement.isDecisive() && judgement.report().confidence() >= minimumConfidence) {
                deciding.add(judgement.report());
            }
        }
        deciding.sort(Report.EVENT_ORDER);
        List<Fix> fixes = new ArrayList<>(deciding.size());
        for (Report report : deciding) {
            int twin = fixes.size() - 1;
            while (twin >= 0
                    && fixes.get(twin).first().time().equals(report.time())
                    && !fixes.get(twin).first().isTwinOf(report)) {
                twin--;
            }
            if (twin >= 0 && fixes.get(twin).first().isTwinOf(report)) {
                Fix known = fixes.get(twin);
                if (report.metres() < known.report().metres()) {
                    fixes.set(twin, new Fix(report, known.first()));
                }
            } else {
                fixes.add(new Fix(report, report));
            }
        }
        return fixes;
    }
}
