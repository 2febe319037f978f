package org.trackerreports.tools.maintenance;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.concurrent.Callable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.ToolCommand;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Prints a script for the shell's completion. */
@Command(name = "completion")
public final class CompletionCommand extends ToolCommand implements Callable<Integer> {

    /** The name of the tools where they are installed without the launcher. */
    private static final String INSTALLED = "findmy-tools";

    /** Completes the launcher, of which the tools are one command. */
    private static final String LAUNCHER = """

            function _complete_findmy() {
              if [[ $COMP_CWORD -eq 1 ]]; then
                COMPREPLY=($(compgen -W "demo fetcher tools simulator" -- "${COMP_WORDS[1]}"))
              elif [[ ${COMP_WORDS[1]} == tools ]]; then
                COMP_WORDS=(findmy-tools "${COMP_WORDS[@]:2}")
                COMP_CWORD=$((COMP_CWORD - 1))
                _complete_findmy-tools
              fi
            }

            complete -o default -F _complete_findmy findmy ./findmy
            """;

    private final Provider<CommandLine> allCommands;

    @Inject
    CompletionCommand(CommandContext context, Provider<CommandLine> allCommands) {
        super(context);
        this.allCommands = allCommands;
    }

    @Override
    public Integer call() {
        out().print(AutoComplete.bash(INSTALLED, allCommands.get()));
        out().print(LAUNCHER);
        return ExitCode.DONE;
    }
}
