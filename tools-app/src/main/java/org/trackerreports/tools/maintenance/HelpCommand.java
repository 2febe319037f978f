package org.trackerreports.tools.maintenance;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The word {@code help} in the list of commands. Before the command line is read, {@code help COMMAND} becomes {@code COMMAND --help}. */
@Command(name = "help", mixinStandardHelpOptions = true)
public final class HelpCommand {

    @Parameters(paramLabel = "COMMAND", arity = "0..*")
    @SuppressWarnings("UnusedVariable") // picocli reads the annotation.
    private List<String> words = List.of();
}
