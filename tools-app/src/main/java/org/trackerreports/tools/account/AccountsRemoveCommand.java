package org.trackerreports.tools.account;

import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.wiring.Application;
import org.trackerreports.store.ReportStore;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.ToolCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes one. */
@Command(
        name = "remove",
        description =
                "Removes an account with its session and its remembered password. Says what it would do, and does it with"
                        + " --yes. The service is told nothing.",
        footer = {"", "Example: findmy tools accounts remove main --yes"})
final class AccountsRemoveCommand extends ToolCommand {

    @Parameters(paramLabel = "ACCOUNT", description = "The account's name here.")
    private String alias;

    @Option(names = "--yes", description = "Does it.")
    private boolean yes;

    @Override
    protected int run(Application application) throws CommandFailure {
        ReportStore store = application.get(ReportStore.class);
        NamedAccount.require(store, alias);
        if (!yes) {
            out().println("would remove account " + alias + " with its session");
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "Nothing was removed. To use the account again it would have to sign in anew; to remove it add --yes.");
        }
        store.accounts().remove(alias);
        out().println("Account " + alias + " is removed.");
        return ExitCode.DONE;
    }
}
