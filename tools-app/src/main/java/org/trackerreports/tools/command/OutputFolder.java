package org.trackerreports.tools.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a command writes several files, as a mixin. */
public final class OutputFolder {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            defaultValue = ".",
            description = "The folder for the files; created if it does not exist. Default: the current folder.")
    private Path folder;

    /** The names of version 0.1.0 for it. */
    @Option(
            names = {"--out", "--directory"},
            paramLabel = "DIR",
            hidden = true,
            description = "The same as --output.")
    @SuppressWarnings("UnusedMethod") // picocli calls it.
    private void setFolder(Path formerOption) {
        folder = formerOption;
    }

    /** The folder, which may not exist yet. */
    public Path folder() {
        return folder;
    }

    /** A file in the folder. */
    public Path resolve(String name) {
        return folder.resolve(name);
    }
}
