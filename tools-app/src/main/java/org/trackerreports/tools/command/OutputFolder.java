package org.trackerreports.tools.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command writes several files, as a mixin. */
public final class OutputFolder {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            defaultValue = ".",
            description = "The folder for the files; created if it does not exist. Default: the current folder.")
    private Path folder;

    /** By the names of version 0.1.0. */
    @Option(
            names = {"--out", "--directory"},
            paramLabel = "DIR",
            hidden = true,
            description = "The same as --output.")
    private @Nullable Path formerly;

    /** The folder, which may not exist yet. */
    public Path folder() {
        return formerly == null ? folder : formerly;
    }

    /** A file in the folder. */
    public Path resolve(String name) {
        return folder().resolve(name);
    }
}
