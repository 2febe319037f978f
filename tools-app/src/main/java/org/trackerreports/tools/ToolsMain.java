package org.trackerreports.tools;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.trackerreports.core.logging.LogSettings;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.Terminal;

/** The tools' program. */
public final class ToolsMain {

    private ToolsMain() {}

    public static void main(String[] arguments) {
        // Not line by line, which would take most of the time of a long history.
        PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Map<String, String> environment = Map.copyOf(System.getenv());
        // Before the first line is logged. What a daemon tells of itself is noise to somebody who typed one command,
        // and
        // the command itself says how the accounts are.
        LogSettings.begin(environment, "warn", "error");
        System.exit(Tools.run(
                new CommandContext(environment, out, err, Terminal.ofSystem(), Terminal.watchesErrors()), arguments));
    }
}
