package org.trackerreports.tools;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The tools' program. */
public final class ToolsMain {

    private ToolsMain() {}

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Terminal terminal = Terminal.ofSystem();
        System.exit(Tools.run(new Surroundings(Map.copyOf(System.getenv()), out, err, terminal), arguments));
    }
}
