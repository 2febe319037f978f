package org.trackerreports.tools.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a command writes several files, as a mixin. */
public final class OutputFolder {

    @Option(
            names = {"-o", "--output", "--out"},
            paramLabel = "DIR",
            defaultValue = ".",
            description = "The folder for the files; created if it does not exist. Default: the current folder.")
    private Path folder;

    /** The folder, which may not exist yet. */
    public Path folder() {
        return folder;
    }

    /** A file in the folder. */
    public Path resolve(String name) {
        return folder.resolve(name);
    }
}
