package org.trackerreports.tools.sink;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.sink.KnownSink;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.Installation;
import org.trackerreports.tools.command.InstallationCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes a sink: its file, its place in the feed, and what is kept of it. */
@Command(name = "remove")
final class SinksRemoveCommand extends InstallationCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME")
    private String name;

    @Option(names = "--yes")
    private boolean yes;

    private final SinkFinder finder;

    @Inject
    SinksRemoveCommand(CommandContext context, Installation installation, SinkFinder finder) {
        super(context, installation);
        this.finder = finder;
    }

    @Override
    public Integer call() throws IOException, CommandFailure {
        KnownSink sink = finder.find(name);
        if (!yes) {
            out().println("would remove " + name + ", for which " + sink.waiting() + " events wait");
            throw new CommandFailure(ExitCode.USAGE, "Nothing was removed; add --yes.");
        }
        // First, so that no daemon makes it known again.
        Files.deleteIfExists(finder.files().file(name));
        installation().store().sinks().remove(name);
        out().println("Sink " + name + " was removed. Files with its secrets stay where they are.");
        return ExitCode.DONE;
    }
}
