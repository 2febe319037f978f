package org.trackerreports.tools.account;

import java.time.Duration;
import org.trackerreports.findmy.FileRequestBudget;
import org.trackerreports.findmy.fetch.RequestGate;

/**
 * The sign-ins without a person, in files: those themselves with their pauses, and all sign-ins of the account, of which one is left for a
 * person. Thread-safe.
 */
record FileSignIns(FileRequestBudget withoutAPerson, FileRequestBudget all) implements RequestGate {

    @Override
    public Permission acquire() {
        Duration wait = all.untilGranted();
        if (!wait.isZero()) {
            return new MustWait(wait, "the account was signed in as often as is safe for now");
        }
        Permission permission = withoutAPerson.acquire();
        if (permission instanceof Granted && all.acquire() instanceof Granted) {
            all.completed(true);
        }
        return permission;
    }

    @Override
    public void completed(boolean answered) {
        withoutAPerson.completed(answered);
    }

    @Override
    public void coolDown(Duration wait, String reason) {
        withoutAPerson.coolDown(wait, reason);
    }

    @Override
    public int granted() {
        return withoutAPerson.granted();
    }
}
