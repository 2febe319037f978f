package org.trackerreports.tools.maintenance;

import org.trackerreports.fetcher.ExitCode;
import org.trackerreports.fetcher.wiring.Application;
import org.trackerreports.tools.command.ToolCommand;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The shell's help with typing. */
@Command(
        name = "completion",
        description = "Prints a script with which bash or zsh completes the commands and options of findmy-tools.",
        footer = {"", "Example: source <(findmy tools completion)"})
public final class CompletionCommand extends ToolCommand {

    @Spec
    private CommandSpec spec;

    @Override
    protected int run(Application application) {
        out().print(AutoComplete.bash("findmy-tools", spec.root().commandLine()));
        return ExitCode.DONE;
    }
}
