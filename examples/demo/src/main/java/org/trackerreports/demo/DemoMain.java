package org.trackerreports.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.trackerreports.core.failure.ExitCode;

/** Main class of the demo. */
public final class DemoMain {

    private static final String USAGE = "Usage: findmy demo [--once]";

    private DemoMain() {}

    /** Runs the demo; see {@code --help}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        List<String> given = List.of(arguments);
        if (given.contains("--help") || given.contains("-h")) {
            out.println(USAGE);
            out.println("Runs the whole system with embedded servers and simulated services until you press Ctrl-C.");
            out.println("Prints the address of a page that shows the trackers on a map.");
            out.println("With --once, stops when reports of every sample tracker are stored.");
            return;
        }
        boolean once = given.equals(List.of("--once"));
        if (!once && !given.isEmpty()) {
            err.println(USAGE);
            System.exit(ExitCode.USAGE);
        }
        Demo demo = new Demo(Files.createTempDirectory("findmy-demo"), once, out, err);
        Thread end = new Thread(demo::close, "end");
        Runtime.getRuntime().addShutdownHook(end);
        System.exit(demo.run());
    }
}
