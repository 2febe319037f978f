package org.trackerreports.tools.account;

import java.util.List;
import org.trackerreports.core.config.NearestNames;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.account.Account;
import org.trackerreports.tools.command.CommandFailure;

/** Finds an account by its alias. */
public final class NamedAccount {

    private NamedAccount() {}

    /**
     * The account of an alias.
     *
     * @throws CommandFailure if there is none, with the nearest aliases
     */
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
                                : "; nearest: " + String.join(", ", NearestNames.of(alias, aliases))));
    }
}
