package org.trackerreports.benchmarks;

import java.nio.file.FileSystemException;
import org.trackerreports.core.commandline.Mistakes;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.text.FileProblems;
import picocli.CommandLine;

/** How the programs that measure tell mistakes: in a sentence each. A fault of their own keeps its stack trace, because their users are developers. */
public final class MeasuringProgram {

    private MeasuringProgram() {}

    /** The command line of a command. */
    public static CommandLine of(Object command) {
        return new CommandLine(command)
                .setParameterExceptionHandler((mistake, arguments) -> Mistakes.tell(mistake))
                .setExecutionExceptionHandler((exception, line, parsed) -> {
                    if (exception instanceof FileSystemException file && file.getFile() != null) {
                        line.getErr().println(FileProblems.sentence(file));
                        return ExitCode.FAILED;
                    }
                    throw exception;
                });
    }
}
