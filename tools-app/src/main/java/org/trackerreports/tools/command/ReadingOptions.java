package org.trackerreports.tools.command;

import picocli.CommandLine.Option;

/** The option of every command that reads, as a mixin. */
public final class ReadingOptions {

    @Option(names = "--json", description = "Prints JSON instead of text; the names of its fields stay.")
    private boolean json;

    /** Whether a script wants JSON. */
    public boolean json() {
        return json;
    }
}
