package org.trackerreports.tools.maintenance;

import jakarta.inject.Inject;
import java.util.concurrent.Callable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.Schema;
import org.trackerreports.store.schema.DatabasePurpose;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.Installation;
import org.trackerreports.tools.command.InstallationCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives a role of the database what a daemon with one role needs, and no access to secrets. */
@Command(name = "grant")
final class GrantCommand extends InstallationCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ROLE")
    private String role;

    @Option(names = "--for", paramLabel = "PURPOSE", required = true)
    private DatabasePurpose purpose;

    @Option(names = "--dry-run")
    private boolean dryRun;

    @Inject
    GrantCommand(CommandContext context, Installation installation) {
        super(context, installation);
    }

    @Override
    public Integer call() throws CommandFailure {
        if (dryRun) {
            Schema.grants(installation().database(), role, purpose)
                    .forEach(statement -> out().println(statement + ";"));
            return ExitCode.DONE;
        }
        Schema.grant(installation().database(), role, purpose);
        out().println("The role " + role + " can " + purpose + " now; it cannot read keys, accounts or master keys.");
        note("A daemon with this role: findmy fetcher --roles " + purpose + " --db-user " + role);
        return ExitCode.DONE;
    }
}
