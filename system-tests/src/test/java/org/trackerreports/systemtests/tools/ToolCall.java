package org.trackerreports.systemtests.tools;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.trackerreports.systemtests.tools.ToolProcess.Ended;
import org.trackerreports.tools.Tools;

/**
 * Runs the command line within this process, as a script would: much faster than a process of its own. What only a process has (standard
 * input, a terminal, a log, a signal, the launcher's options) is tested with {@link ToolProcess}.
 */
final class ToolCall {

    private ToolCall() {}

    /** Runs one command to its end, with nothing in its environment but these variables. */
    static Ended run(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Tools.run(environment, new PrintWriter(out), new PrintWriter(err), arguments);
        return new Ended(List.of(arguments), exitCode, out.toString(), err.toString());
    }
}
