package org.trackerreports.tools.sink;

import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.sink.SinkFile;
import org.trackerreports.core.sink.SinkFileException;
import org.trackerreports.core.sink.SinkFiles;
import org.trackerreports.tools.command.CommandFailure;

/** Reads the file of a sink for a person. */
final class SinkFileReader {

    private SinkFileReader() {}

    static SinkFile read(SinkFiles files, String name) throws CommandFailure {
        try {
            return files.read(name);
        } catch (SinkFileException e) {
            throw new CommandFailure(
                    ExitCode.CONFIGURATION,
                    "Sink " + name + " cannot be used, because its file " + files.file(name) + " is wrong: "
                            + String.join("; ", e.problems()) + ".");
        }
    }
}
