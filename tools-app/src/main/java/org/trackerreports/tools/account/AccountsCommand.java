package org.trackerreports.tools.account;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Locale;
import org.trackerreports.fetcher.ExitCode;
import org.trackerreports.fetcher.account.AccountBudget;
import org.trackerreports.fetcher.wiring.Application;
import org.trackerreports.store.Account;
import org.trackerreports.store.ReportStore;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The accounts. */
@Command(
        name = "accounts",
        description = "Looks after the accounts.",
        mixinStandardHelpOptions = true,
        subcommands = AccountsCommand.ListCommand.class)
public final class AccountsCommand {

    /** Their states. */
    @Command(
            name = "list",
            description = "Lists the accounts with their state and what they asked lately.",
            footer = {"", "Example: findmy tools accounts list --json"})
    static final class ListCommand extends ToolCommand {

        @Option(names = "--json", description = "JSON instead of a table.")
        private boolean json;

        @Override
        protected int run(Application application) {
            List<Account> accounts =
                    application.get(ReportStore.class).accounts().list();
            if (accounts.isEmpty()) {
                err().println("There is no account yet. Add one: findmy tools login --account main");
                return ExitCode.NOTHING_FOUND;
            }
            AccountBudget budget = application.get(AccountBudget.class);
            TextTable table = new TextTable("ACCOUNT", "STATE", "REQUESTS (24 H)", "LAST ERROR");
            ArrayNode array = Json.array();
            for (Account account : accounts) {
                String state = account.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
                int used = budget.state(account.alias()).used();
                table.row(
                        account.alias(),
                        state,
                        Integer.toString(used),
                        account.lastError().orElse("-"));
                array.addObject()
                        .put("account", account.alias())
                        .put("state", account.state().name().toLowerCase(Locale.ROOT))
                        .put("requests_24h", used)
                        .put("last_error", account.lastError().orElse(null));
            }
            if (json) {
                Json.print(array, out());
            } else {
                table.print(out());
            }
            return ExitCode.DONE;
        }
    }
}
