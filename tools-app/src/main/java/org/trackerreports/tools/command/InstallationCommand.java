package org.trackerreports.tools.command;

/** A command that works on the installation: its configuration, database or queue. */
public abstract class InstallationCommand extends ToolCommand {

    private final Installation installation;

    protected InstallationCommand(CommandContext context, Installation installation) {
        super(context);
        this.installation = installation;
    }

    /** What the command works on. */
    protected final Installation installation() {
        return installation;
    }
}
