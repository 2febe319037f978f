package org.trackerreports.fetcher.setup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.trackerreports.core.account.AccountStates;
import org.trackerreports.core.diagnosis.AccountStanding;
import org.trackerreports.core.diagnosis.AccountStandings;
import org.trackerreports.core.diagnosis.TrackerDiagnoses;
import org.trackerreports.queue.QueueView;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.account.Account;
import org.trackerreports.store.history.LatestPosition;
import org.trackerreports.store.history.StoreCounts;
import org.trackerreports.store.tracker.Tracker;

/** The state of the set-up: what is missing, in the order in which a person does it. Thread-safe. */
final class SetupState {

    private final ReportStore store;
    private final TrackerQueue queue;
    private final AnisetteCheck anisette;
    private final AccountStandings standings;
    private final TrackerDiagnoses diagnoses;
    private final Clock clock;

    @Inject
    SetupState(
            ReportStore store,
            TrackerQueue queue,
            AnisetteCheck anisette,
            AccountStandings standings,
            TrackerDiagnoses diagnoses,
            Clock clock) {
        this.store = store;
        this.queue = queue;
        this.anisette = anisette;
        this.standings = standings;
        this.diagnoses = diagnoses;
        this.clock = clock;
    }

    /** The state now, as JSON. Asks the anisette server, and nobody else. */
    ObjectNode now() {
        Instant now = clock.instant();
        List<Account> accounts = store.accounts().list();
        AnisetteCheck.Finding finding = anisette.finding();
        List<String> strangers =
                finding.machine().map(machine -> strangers(accounts, machine)).orElse(List.of());
        List<AccountStanding> standing = accounts.stream().map(standings::of).toList();
        StoreCounts counts = store.history().counts(now);

        SetupStep anisetteStep = SetupStep.anisette(anisette.address(), finding, strangers);
        SetupStep accountStep = SetupStep.account(standing);
        SetupStep trackerStep = SetupStep.trackers(counts.enabledTrackers(), counts.disabledTrackers());
        boolean complete = anisetteStep.isDone() && accountStep.isDone() && trackerStep.isDone();
        SetupStep positionStep = positionStep(complete, now);

        ObjectNode json = Json.object().put("time", now.toString()).put("ready", complete && positionStep.isDone());
        ArrayNode steps = json.putArray("steps");
        List.of(anisetteStep, accountStep, trackerStep, positionStep).forEach(step -> steps.add(step.json()));
        json.putObject("anisette")
                .put("address", anisette.address().toString())
                .put("owner", AnisetteOwner.of(anisette.address()).word())
                .put("machine", finding.machine().orElse(null))
                .put("failure", finding.failure().orElse(null));
        ArrayNode array = json.putArray("accounts");
        standing.forEach(each -> array.add(AccountRoutes.json(each, now)));
        json.putObject("trackers").put("enabled", counts.enabledTrackers()).put("disabled", counts.disabledTrackers());
        return json;
    }

    private SetupStep positionStep(boolean othersAreDone, Instant now) {
        Optional<LatestPosition> seen =
                store.history().latestPage("", 1).stream().findFirst();
        if (seen.isPresent()) {
            return SetupStep.seen(seen.get(), now);
        }
        return othersAreDone ? SetupStep.unseen(first().map(diagnoses::of)) : SetupStep.unseenYet();
    }

    /** The accounts that signed in with another machine; the service wants a new sign-in of these. */
    private static List<String> strangers(List<Account> accounts, String machine) {
        return accounts.stream()
                .filter(account -> AccountStates.session(account)
                        .filter(session -> !session.machineFingerprint().equals(machine))
                        .isPresent())
                .map(Account::alias)
                .toList();
    }

    /** The tracker whose diagnosis stands for all of a new installation: the one that comes first. */
    private Optional<Tracker> first() {
        return Stream.of(QueueView.LEASED, QueueView.WAITING, QueueView.PARKED, QueueView.PAUSED)
                .flatMap(view -> queue.list(view, 0, 1).stream())
                .findFirst()
                .flatMap(queued -> store.trackers().find(Long.parseLong(queued.id())));
    }
}
