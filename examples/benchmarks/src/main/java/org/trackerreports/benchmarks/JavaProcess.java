package org.trackerreports.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs in virtual machines of their own, with this one's class path. */
public final class JavaProcess {

    private JavaProcess() {}

    /** Not yet started. Passwords go into the environment, never into the arguments. */
    public static ProcessBuilder of(List<String> javaOptions, String mainClass, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }
}
