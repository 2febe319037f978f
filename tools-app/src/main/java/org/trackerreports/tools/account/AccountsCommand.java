package org.trackerreports.tools.account;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.List;
import org.trackerreports.core.diagnosis.AccountStanding;
import org.trackerreports.core.diagnosis.AccountStandings;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.time.Times;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.account.Account;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.store.account.SaveOutcome;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.Installation;
import org.trackerreports.tools.command.InstallationCommand;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.Shell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands of the accounts. */
@Command(name = "accounts")
public final class AccountsCommand extends InstallationCommand {

    private final Provider<AccountStandings> standingsProvider;

    @Inject
    AccountsCommand(CommandContext context, Installation installation, Provider<AccountStandings> standingsProvider) {
        super(context, installation);
        this.standingsProvider = standingsProvider;
    }

    @Command(name = "list")
    int list(@Mixin JsonOption json) {
        List<Account> accounts = installation().store().accounts().list();
        if (accounts.isEmpty()) {
            note("There is no account yet. Add one: findmy tools login --account main");
        }
        List<AccountStanding> standings = accounts.stream()
                .map(account -> standingsProvider.get().of(account))
                .toList();
        json.print(
                () -> Json.array()
                        .addAll(standings.stream().map(AccountFormat::json).toList()),
                () -> AccountFormat.table(standings));
        return accounts.isEmpty() ? ExitCode.NOTHING_FOUND : ExitCode.DONE;
    }

    @Command(name = "show")
    int show(@Parameters(paramLabel = "ACCOUNT") String alias, @Mixin JsonOption json) throws CommandFailure {
        Account account = NamedAccount.require(installation().store(), alias);
        AccountStanding standing = standingsProvider.get().of(account);
        json.print(
                () -> AccountFormat.json(standing)
                        .put("session", standing.signedIn())
                        .put("password_remembered", account.password().isPresent()),
                () -> AccountFormat.details(standing, installation().now()));
        return ExitCode.DONE;
    }

    @Command(name = "pause")
    int pause(@Parameters(paramLabel = "ACCOUNT") String alias) throws CommandFailure {
        ReportStore store = installation().store();
        if (store.accounts().pause(alias).isEmpty()) {
            throw NamedAccount.unknown(store, alias);
        }
        out().println("Account " + alias + " is paused. Resume it: findmy tools accounts resume " + alias);
        return ExitCode.DONE;
    }

    @Command(name = "resume")
    int resume(@Parameters(paramLabel = "ACCOUNT") String alias, @Option(names = "--end-cool-down") boolean endCoolDown)
            throws CommandFailure {
        ReportStore store = installation().store();
        Account account = store.accounts().resume(alias).orElseThrow(() -> NamedAccount.unknown(store, alias));
        if (account.state() == AccountState.NEEDS_LOGIN) {
            err().println("Account " + alias + " has no session. Sign it in: findmy tools login --account " + alias);
            return ExitCode.LOGIN_NEEDED;
        }
        if (endCoolDown
                && standingsProvider
                                .get()
                                .endCoolDown(store.accounts(), account)
                                .kind()
                        == SaveOutcome.Kind.OUTDATED) {
            throw new CommandFailure(
                    ExitCode.FAILED, "Account " + alias + " was changed by another program meanwhile. Try again.");
        }
        AccountStanding standing = standingsProvider.get().of(NamedAccount.require(store, alias));
        out().println("Account " + alias + " " + use(standing));
        return ExitCode.DONE;
    }

    private String use(AccountStanding standing) {
        Account account = standing.account();
        if (standing.coolDownUntil().isPresent()) {
            return "is not paused, but it cools down until "
                    + Times.text(standing.coolDownUntil().get())
                    + account.lastError().map(reason -> " (" + reason + ")").orElse("")
                    + "; asking earlier can get it banned. To end the cool-down all the same: findmy tools accounts resume "
                    + Shell.word(account.alias()) + " --end-cool-down";
        }
        return standing.next().isAfter(installation().now())
                ? "is in use again; its next request can be made at " + Times.text(standing.next()) + "."
                : "is in use again.";
    }

    @Command(name = "remove")
    int remove(@Parameters(paramLabel = "ACCOUNT") String alias, @Option(names = "--yes") boolean yes)
            throws CommandFailure {
        ReportStore store = installation().store();
        NamedAccount.require(store, alias);
        if (!yes) {
            out().println("would remove account " + alias + " with its session");
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "Nothing was removed. To use the account again, you would have to sign in again. To remove it, add --yes.");
        }
        store.accounts().remove(alias);
        out().println("Account " + alias + " was removed.");
        return ExitCode.DONE;
    }
}
