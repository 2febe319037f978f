package org.trackerreports.tools.account;

import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.wiring.Application;
import org.trackerreports.store.ReportStore;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.ToolCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Keeps one from being used. */
@Command(
        name = "pause",
        description = "Keeps an account from being used, by the daemon too, until it is resumed. The others go on.",
        footer = {"", "Example: findmy tools accounts pause main"})
final class AccountsPauseCommand extends ToolCommand {

    @Parameters(paramLabel = "ACCOUNT", description = "The account's name here.")
    private String alias;

    @Override
    protected int run(Application application) throws CommandFailure {
        ReportStore store = application.get(ReportStore.class);
        store.accounts().pause(alias).orElseThrow(() -> NamedAccount.unknown(store, alias));
        out().println("Account " + alias + " is paused. To use it again: findmy tools accounts resume " + alias);
        return ExitCode.DONE;
    }
}
