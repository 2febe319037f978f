package org.trackerreports.tools.account;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.findmy.login.SessionCodec;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.account.Account;
import org.trackerreports.store.secret.Secret;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** One of them in full. */
@Command(
        name = "show",
        description = "Shows all that is known of an account, but for its secrets.",
        footer = {"", "Example: findmy tools accounts show main"})
final class AccountsShowCommand extends ToolCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ACCOUNT", description = "The account's name here.")
    private String alias;

    @Mixin
    private JsonOption reading;

    private final Provider<ReportStore> storeProvider;
    private final Clock clock;
    private final Provider<AccountStandings> standingsProvider;

    @Inject
    AccountsShowCommand(
            CommandContext context,
            Provider<ReportStore> storeProvider,
            Clock clock,
            Provider<AccountStandings> standingsProvider) {
        super(context);
        this.storeProvider = storeProvider;
        this.clock = clock;
        this.standingsProvider = standingsProvider;
    }

    @Override
    public Integer call() throws CommandFailure {
        Account account = NamedAccount.require(storeProvider.get(), alias);
        AccountStanding standing = standingsProvider.get().of(account);
        boolean signedIn = account.session()
                .map(Secret::bytes)
                .filter(bytes -> !SessionCodec.isPending(bytes))
                .isPresent();
        reading.print(
                out(),
                () -> standing.json()
                        .put("session", signedIn)
                        .put("password_remembered", account.password().isPresent()),
                () -> table(standing, signedIn));
        return ExitCode.DONE;
    }

    private TextTable table(AccountStanding standing, boolean signedIn) {
        Account account = standing.account();
        TextTable table = new TextTable("ACCOUNT", alias);
        table.row("state", standing.words());
        table.row("session", signedIn ? "kept" : "none");
        table.row(
                "password",
                account.password().isPresent() ? "remembered, so that the session can be renewed" : "not kept");
        table.row("requests", standing.used() + " within 24 hours, " + standing.left() + " left");
        table.row("last request", TextTable.second(standing.last()));
        table.row(
                "may ask again", standing.next().isAfter(clock.instant()) ? TextTable.second(standing.next()) : "now");
        table.row("rests until", TextTable.second(standing.coolDownUntil()));
        table.row("last error", account.lastError().orElse("-"));
        return table;
    }
}
