package org.trackerreports.core.movement;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.trackerreports.findmy.report.Battery;
import org.trackerreports.movement.Flag;
import org.trackerreports.movement.JudgedWindow;
import org.trackerreports.movement.Judgement;
import org.trackerreports.movement.OutlierFilter;
import org.trackerreports.movement.Place;
import org.trackerreports.movement.PlaceState;
import org.trackerreports.movement.Report;
import org.trackerreports.movement.ReportRange;
import org.trackerreports.movement.Transition;
import org.trackerreports.movement.TransitionFold;
import org.trackerreports.store.movement.Judge;
import org.trackerreports.store.movement.JudgedReport;
import org.trackerreports.store.movement.PlaceJudgement;
import org.trackerreports.store.movement.PlaceWindow;
import org.trackerreports.store.movement.ReportWindow;
import org.trackerreports.store.movement.WindowJudgement;
import org.trackerreports.store.place.Transition.Direction;
import org.trackerreports.store.report.StoredReport;

/** Judges with the module {@code movement}. */
public final class MovementJudge implements Judge {

    @Override
    public WindowJudgement judge(ReportWindow window) {
        IdentityHashMap<Report, StoredReport> stored = new IdentityHashMap<>();
        List<Report> reports = new ArrayList<>(window.reports().size());
        for (StoredReport report : window.reports()) {
            Report judged = MovementReports.of(report);
            stored.put(judged, report);
            reports.add(judged);
        }
        JudgedWindow judged = new OutlierFilter(Motions.of(window.labels()))
                .judgeWindow(
                        new ReportRange(reports, window.fromBeginning(), window.toEnd()),
                        window.changedFrom(),
                        window.changedTo(),
                        window.now());
        return new WindowJudgement(
                judged.judgements().stream()
                        .map(judgement -> new JudgedReport(
                                Objects.requireNonNull(stored.get(judgement.report())),
                                codes(judgement, true),
                                codes(judgement, false)))
                        .toList(),
                judged.needsEarlier(),
                judged.needsLater(),
                judged.includesNewest(),
                judged.judgeAgainAt());
    }

    private static Set<String> codes(Judgement judgement, boolean wrong) {
        if (judgement.flags().isEmpty()) {
            return Set.of();
        }
        return judgement.flags().stream()
                .filter(flag -> flag.isWrong() == wrong)
                .map(Flag::name)
                .collect(Collectors.toSet());
    }

    @Override
    public PlaceJudgement transitions(PlaceWindow window) {
        Place place = PlaceAreas.of(window.place().id(), window.place().content());
        PlaceState begin = window.state().map(PlaceStates::fromJson).orElse(PlaceState.BEGINNING);
        List<Judgement> all = MovementReports.judgements(window.reports());
        List<Judgement> before = all.stream()
                .filter(judgement -> judgement.report().time().isBefore(window.checkpointAt()))
                .toList();
        List<Judgement> after = all.subList(before.size(), all.size());
        // The minimum confidence is the store's, which left out the others.
        TransitionFold first = TransitionFold.of(window.trackerId(), place, begin, before, 0);
        TransitionFold second = TransitionFold.of(window.trackerId(), place, first.state(), after, 0);
        List<PlaceJudgement.Decided> decided = new ArrayList<>();
        first.transitions().forEach(transition -> decided.add(decided(transition)));
        second.transitions().forEach(transition -> decided.add(decided(transition)));
        return new PlaceJudgement(
                decided,
                PlaceStates.toJson(second.state()),
                after.isEmpty() ? Optional.empty() : Optional.of(PlaceStates.toJson(first.state())));
    }

    private static PlaceJudgement.Decided decided(Transition transition) {
        return new PlaceJudgement.Decided(
                transition.id(),
                transition.direction() == org.trackerreports.movement.Direction.ENTERED
                        ? Direction.ENTERED
                        : Direction.LEFT,
                transition.eventTime(),
                transition.decidedTime(),
                transition.causingDigest());
    }

    /** Status 0 is what self-made trackers send, although they do not report their battery. */
    @Override
    public Optional<String> battery(StoredReport report) {
        return report.content().status().stream()
                .filter(status -> status != 0)
                .mapToObj(status -> Battery.ofStatus(status).name().toLowerCase(Locale.ROOT))
                .findFirst();
    }
}
