package org.trackerreports.tools.maintenance;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.OutputFolder;
import org.trackerreports.tools.command.ToolCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes manual pages. */
@Command(name = "man")
public final class ManCommand extends ToolCommand implements Callable<Integer> {

    private final Provider<CommandLine> allCommands;

    @Mixin
    private OutputFolder folder;

    @Inject
    ManCommand(CommandContext context, Provider<CommandLine> allCommands) {
        super(context);
        this.allCommands = allCommands;
    }

    @Override
    public Integer call() throws IOException {
        Files.createDirectories(folder.folder());
        int pages = write(allCommands.get());
        note(pages + " manual pages are in " + folder.folder() + "; read one: man " + folder.resolve("findmy-tools.1"));
        return ExitCode.DONE;
    }

    private int write(CommandLine command) throws IOException {
        ManPage page = new ManPage(command.getCommandSpec());
        Files.writeString(folder.resolve(page.name() + ".1"), page.text());
        int pages = 1;
        for (CommandLine each : command.getSubcommands().values()) {
            pages += write(each);
        }
        return pages;
    }
}
