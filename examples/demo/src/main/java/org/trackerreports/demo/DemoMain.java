package org.trackerreports.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.trackerreports.core.failure.ExitCode;

/** The demo's program. */
public final class DemoMain {

    private static final String USAGE = "Usage: findmy demo [--once]";

    private DemoMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        List<String> given = List.of(arguments);
        if (given.contains("--help") || given.contains("-h")) {
            out.println(USAGE);
            out.println("Runs the whole system with embedded servers and simulated services until Ctrl-C;");
            out.println("with --once until every sample tracker was fetched and stored once.");
            return;
        }
        boolean once = given.equals(List.of("--once"));
        if (!once && !given.isEmpty()) {
            err.println(USAGE);
            System.exit(ExitCode.USAGE);
        }
        Demo demo = new Demo(Files.createTempDirectory("findmy-demo"), out, err);
        Thread end = new Thread(demo::close, "end");
        Runtime.getRuntime().addShutdownHook(end);
        System.exit(demo.run(once));
    }
}
