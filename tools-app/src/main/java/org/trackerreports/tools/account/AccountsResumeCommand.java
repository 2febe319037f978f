package org.trackerreports.tools.account;

import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.wiring.Application;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.account.Account;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.ToolCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lets one be used again. */
@Command(
        name = "resume",
        description = {
            "Lets an account be used again that was paused, or that its owner has unlocked.",
            "What is left of its budget and of a rest that the service asked for stays."
        },
        footer = {"", "Example: findmy tools accounts resume main"})
final class AccountsResumeCommand extends ToolCommand {

    @Parameters(paramLabel = "ACCOUNT", description = "The account's name here.")
    private String alias;

    @Override
    protected int run(Application application) throws CommandFailure {
        ReportStore store = application.get(ReportStore.class);
        Account account = store.accounts().resume(alias).orElseThrow(() -> NamedAccount.unknown(store, alias));
        if (account.state() == AccountState.NEEDS_LOGIN) {
            err().println("Account " + alias + " has no session. Sign it in: findmy tools login --account " + alias);
            return ExitCode.LOGIN_NEEDED;
        }
        out().println("Account " + alias + " is used again.");
        return ExitCode.DONE;
    }
}
