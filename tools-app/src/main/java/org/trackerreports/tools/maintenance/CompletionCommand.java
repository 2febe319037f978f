package org.trackerreports.tools.maintenance;

import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.wiring.Application;
import org.trackerreports.tools.command.ToolCommand;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The shell's help with typing. */
@Command(
        name = "completion",
        description = {
            "Prints a script with which bash or zsh completes commands and options.",
            "It serves the launcher and the tools where they are installed by themselves."
        },
        footer = {"", "Example: source <(findmy tools completion)"})
public final class CompletionCommand extends ToolCommand {

    /** What the tools are called where they are installed by themselves. */
    private static final String INSTALLED = "findmy-tools";

    /** The tools as a word of the launcher, which has other words, too. */
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

    @Spec
    private CommandSpec spec;

    @Override
    protected int run(Application application) {
        out().print(AutoComplete.bash(INSTALLED, spec.root().commandLine()));
        out().print(LAUNCHER);
        return ExitCode.DONE;
    }
}
