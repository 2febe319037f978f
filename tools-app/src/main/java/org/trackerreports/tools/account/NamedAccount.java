package org.trackerreports.tools.account;

import java.util.List;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.account.Account;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.TrackerNames;

/** Finds the account that a person named. */
public final class NamedAccount {

    private NamedAccount() {}

    /** @throws CommandFailure if there is none of that alias, with the nearest */
    public static Account require(ReportStore store, String alias) throws CommandFailure {
        return store.accounts().find(alias).orElseThrow(() -> unknown(store, alias));
    }

    static CommandFailure unknown(ReportStore store, String alias) {
        List<String> aliases =
                store.accounts().list().stream().map(Account::alias).toList();
        return new CommandFailure(
                ExitCode.FAILED,
                "There is no account '" + alias + "'"
                        + (aliases.isEmpty()
                                ? "; add one: findmy tools login --account " + alias
                                : "; nearest: " + String.join(", ", TrackerNames.nearest(alias, aliases))));
    }
}
