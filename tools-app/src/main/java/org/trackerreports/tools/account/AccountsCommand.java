package org.trackerreports.tools.account;

import picocli.CommandLine.Command;

/** The accounts. */
@Command(
        name = "accounts",
        description = "Looks after the accounts.",
        footer = {"", "Example: findmy tools accounts list"},
        mixinStandardHelpOptions = true,
        subcommands = {
            AccountsListCommand.class,
            AccountsShowCommand.class,
            AccountsPauseCommand.class,
            AccountsResumeCommand.class,
            AccountsRemoveCommand.class
        })
public final class AccountsCommand {}
