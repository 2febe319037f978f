package org.trackerreports.fetcher.setup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.trackerreports.core.diagnosis.AccountNeed;
import org.trackerreports.core.diagnosis.AccountStanding;
import org.trackerreports.core.diagnosis.Advice;
import org.trackerreports.core.diagnosis.Advice.Action;
import org.trackerreports.core.diagnosis.TrackerDiagnosis;
import org.trackerreports.core.text.Durations;
import org.trackerreports.store.history.LatestPosition;

/**
 * One step of the set-up.
 *
 * @param name for programs
 * @param state how far it is
 * @param text the same for people, with what was found
 * @param advice what to do next
 */
record SetupStep(String name, State state, String text, Advice advice) {

    /** How far a step is. */
    enum State {
        /** Nothing is to be done. */
        DONE,
        /** A person has to do it. */
        TO_DO,
        /** It was done, or should be there, and does not work. */
        PROBLEM,
        /** It goes on by itself. */
        WAITING,
        /** Other steps come first. */
        LATER
    }

    private static final String FIRST_POSITION = "first_position";

    private static final Advice NOTHING = Advice.of(Action.NOTHING, "");

    static SetupStep anisette(URI address, AnisetteCheck.Finding finding, List<String> strangers) {
        String name = "anisette";
        if (finding.failure().isPresent()) {
            return new SetupStep(
                    name,
                    State.PROBLEM,
                    finding.failure().get(),
                    Advice.of(
                            Action.OTHER,
                            "Start an anisette server there, or set ANISETTE_SERVER to yours and start the daemon again."));
        }
        if (finding.machine().isEmpty()) {
            return new SetupStep(
                    name, State.WAITING, address + " has not answered yet.", Advice.of(Action.WAIT, "Wait a moment."));
        }
        String found = address + " answers. " + AnisetteOwner.of(address).sentence();
        if (!strangers.isEmpty()) {
            return new SetupStep(
                    name,
                    State.PROBLEM,
                    found + " These accounts signed in with another machine: " + String.join(", ", strangers) + ".",
                    new Advice(
                            Action.SIGN_IN,
                            Optional.of(strangers.get(0)),
                            "Use the anisette server that they signed in with, or sign them in again."));
        }
        return new SetupStep(name, State.DONE, found, NOTHING);
    }

    static SetupStep account(List<AccountStanding> accounts) {
        String name = "account";
        if (accounts.isEmpty()) {
            return new SetupStep(
                    name,
                    State.TO_DO,
                    "No account is signed in.",
                    Advice.of(Action.SIGN_IN, "Sign in with an account that you can afford to lose."));
        }
        List<String> usable = accounts.stream()
                .filter(account -> account.usable() && account.signedIn())
                .map(account -> account.account().alias())
                .toList();
        if (!usable.isEmpty()) {
            return new SetupStep(
                    name,
                    State.DONE,
                    (usable.size() == 1 ? "Signed in: " : usable.size() + " accounts are signed in: ")
                            + String.join(", ", usable) + ".",
                    NOTHING);
        }
        AccountStanding first = accounts.get(0);
        AccountNeed need = AccountNeed.of(
                first.account().alias(), first.state(), first.account().lastError());
        return new SetupStep(
                name,
                first.signedIn() ? State.PROBLEM : State.TO_DO,
                "No account can be used: " + need.sentence() + ".",
                need.advice());
    }

    static SetupStep trackers(long enabled, long disabled) {
        String name = "trackers";
        if (enabled > 0) {
            return new SetupStep(
                    name,
                    State.DONE,
                    enabled + (enabled == 1 ? " tracker" : " trackers")
                            + (disabled > 0 ? ", and " + disabled + " disabled" : "") + ".",
                    NOTHING);
        }
        return disabled > 0
                ? new SetupStep(
                        name,
                        State.PROBLEM,
                        "All " + disabled + " trackers are disabled.",
                        Advice.of(Action.ENABLE_TRACKER, "Enable one of them."))
                : new SetupStep(
                        name,
                        State.TO_DO,
                        "There is no tracker.",
                        Advice.of(Action.OTHER, "Drop your key files here."));
    }

    /** There is a position. */
    static SetupStep seen(LatestPosition seen, Instant now) {
        return new SetupStep(
                FIRST_POSITION,
                State.DONE,
                seen.trackerName() + " was seen "
                        + Durations.text(Duration.between(seen.timestamp(), now)) + " ago"
                        + seen.nearestCity().map(city -> " near " + city).orElse("") + ".",
                Advice.of(Action.OTHER, "Look at the map."));
    }

    /**
     * There is no position, although everything is set up.
     *
     * @param diagnosis why; empty as long as no tracker is in the queue
     */
    static SetupStep unseen(Optional<TrackerDiagnosis> diagnosis) {
        if (diagnosis.isEmpty()) {
            return new SetupStep(
                    FIRST_POSITION,
                    State.WAITING,
                    "The trackers are not in the queue yet.",
                    Advice.of(Action.WAIT, "Wait a moment."));
        }
        TrackerDiagnosis.Conclusion conclusion = diagnosis.get().conclusion();
        return new SetupStep(
                FIRST_POSITION,
                State.WAITING,
                diagnosis.get().tracker().name() + ": " + conclusion.sentence(),
                conclusion.advice());
    }

    /** There is no position, because other steps come first. */
    static SetupStep unseenYet() {
        return new SetupStep(FIRST_POSITION, State.LATER, "It comes by itself after the steps above.", NOTHING);
    }

    boolean isDone() {
        return state == State.DONE;
    }

    ObjectNode json() {
        ObjectNode json = Json.object()
                .put("step", name)
                .put("state", state.name().toLowerCase(Locale.ROOT))
                .put("text", text);
        return Json.put(json, advice);
    }
}
