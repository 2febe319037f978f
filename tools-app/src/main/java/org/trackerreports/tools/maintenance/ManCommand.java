package org.trackerreports.tools.maintenance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.wiring.Application;
import org.trackerreports.tools.command.ToolCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Manual pages. */
@Command(
        name = "man",
        description = "Writes a manual page for every command.",
        footer = {"", "Example: findmy tools man --directory ~/.local/share/man/man1"})
public final class ManCommand extends ToolCommand {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            required = true,
            description = "Where to write them; made if it is not there.")
    private Path directory;

    @Override
    protected int run(Application application) throws IOException {
        Files.createDirectories(directory);
        int pages = write(spec.root().commandLine());
        note(pages + " manual pages are in " + directory + "; read one: man " + directory.resolve("findmy-tools.1"));
        return ExitCode.DONE;
    }

    private int write(CommandLine command) throws IOException {
        ManPage page = new ManPage(command.getCommandSpec());
        Files.writeString(directory.resolve(page.name() + ".1"), page.text());
        int pages = 1;
        for (CommandLine each : command.getSubcommands().values()) {
            pages += write(each);
        }
        return pages;
    }
}
