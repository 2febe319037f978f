package org.trackerreports.tools.account;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.wiring.Application;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.account.Account;
import org.trackerreports.tools.command.ReadingOptions;
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
final class AccountsListCommand extends ToolCommand {

    @Mixin
    private ReadingOptions reading;

    @Override
    protected int run(Application application) {
        List<Account> accounts = application.get(ReportStore.class).accounts().list();
        if (accounts.isEmpty()) {
            note("There is no account yet. Add one: findmy tools login --account main");
        }
        Instant now = application.get(Clock.class).instant();
        TextTable table =
                new TextTable("ACCOUNT", "STATE", "REQUESTS (24 H)", "LEFT", "RESTS UNTIL (UTC)", "LAST ERROR");
        ArrayNode array = Json.array();
        for (Account account : accounts) {
            AccountStanding standing = AccountStanding.of(application, account, now);
            array.add(standing.json());
            table.row(
                    account.alias(),
                    standing.words(),
                    Integer.toString(standing.used()),
                    Integer.toString(standing.left()),
                    standing.coolDownUntil()
                            .map(each -> TextTable.time(each.truncatedTo(ChronoUnit.SECONDS)))
                            .orElse("-"),
                    account.lastError().orElse("-"));
        }
        if (reading.json()) {
            Json.print(array, out());
        } else if (!accounts.isEmpty()) {
            table.print(out());
        }
        return accounts.isEmpty() ? ExitCode.NOTHING_FOUND : ExitCode.DONE;
    }
}
