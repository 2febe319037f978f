package org.trackerreports.tools.account;

import com.fasterxml.jackson.databind.node.ArrayNode;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.List;
import java.util.concurrent.Callable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.account.Account;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** All of them. */
@Command(
        name = "list",
        description =
                "Lists the accounts: state, what is left of their budget, until when they rest, and their last error.",
        footer = {"", "Example: findmy tools accounts list --json"})
final class AccountsListCommand extends ToolCommand implements Callable<Integer> {

    @Mixin
    private JsonOption reading;

    private final Provider<ReportStore> storeProvider;
    private final Provider<AccountStandings> standingsProvider;

    @Inject
    AccountsListCommand(
            CommandContext context, Provider<ReportStore> storeProvider, Provider<AccountStandings> standingsProvider) {
        super(context);
        this.storeProvider = storeProvider;
        this.standingsProvider = standingsProvider;
    }

    @Override
    public Integer call() {
        List<Account> accounts = storeProvider.get().accounts().list();
        if (accounts.isEmpty()) {
            note("There is no account yet. Add one: findmy tools login --account main");
        }
        TextTable table =
                new TextTable("ACCOUNT", "STATE", "REQUESTS (24 H)", "LEFT", "RESTS UNTIL (UTC)", "LAST ERROR");
        ArrayNode array = Json.array();
        for (Account account : accounts) {
            AccountStanding standing = standingsProvider.get().of(account);
            array.add(standing.json());
            table.row(
                    account.alias(),
                    standing.words(),
                    Integer.toString(standing.used()),
                    Integer.toString(standing.left()),
                    TextTable.second(standing.coolDownUntil()),
                    account.lastError().orElse("-"));
        }
        reading.print(out(), () -> array, () -> table);
        return accounts.isEmpty() ? ExitCode.NOTHING_FOUND : ExitCode.DONE;
    }
}
