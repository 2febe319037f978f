package org.trackerreports.tools;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.trackerreports.tools.command.Surroundings;
import org.trackerreports.tools.command.Terminal;

/** The tools' program. */
public final class ToolsMain {

    private ToolsMain() {}

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Map<String, String> environment = Map.copyOf(System.getenv());
        // Before the first line is logged. What a daemon tells of itself is noise to somebody who typed one command.
        System.setProperty("LOG_LEVEL", environment.getOrDefault("LOG_LEVEL", "warn"));
        System.exit(Tools.run(
                new Surroundings(environment, out, err, Terminal.ofSystem(), Terminal.watchesErrors()), arguments));
    }
}
