package org.trackerreports.systemtests.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.trackerreports.testsupport.JavaCommand;
import org.trackerreports.testsupport.TestProcess;

/** Runs the packaged command line as a person or a script does. Unchangeable. */
final class ToolProcess {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Path JAR = JavaCommand.packagedJar("../tools-app");
    private static final List<String> JAVA_OPTIONS = javaOptions();

    private final Map<String, String> environment;
    private final String input;

    private ToolProcess(Map<String, String> environment, String input) {
        this.environment = Map.copyOf(environment);
        this.input = input;
    }

    /** How a command ended. */
    record Ended(List<String> command, int exitCode, String out, String err) {

        /** Standard output, which must be a single JSON text whose fields are all documented. */
        JsonNode json() {
            try {
                JsonNode read = new ObjectMapper().readTree(out);
                DocumentedFields.check(command, read);
                return read;
            } catch (JsonProcessingException e) {
                throw new AssertionError("no JSON: " + this, e);
            }
        }

        /** This, if it ended with 0. */
        Ended done() {
            if (exitCode != 0) {
                throw new AssertionError(toString());
            }
            return this;
        }
    }

    /**
     * Runs commands in an environment.
     *
     * @param environment all variables, except for those that a JVM needs
     */
    static ToolProcess in(Map<String, String> environment) {
        return new ToolProcess(environment, "");
    }

    /** The options of the launcher: only the fast compiler, and an archive of classes. They halve the time of a short run. */
    private static List<String> javaOptions() {
        String quickCompiler = "-XX:TieredStopAtLevel=1";
        try {
            Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
            // A separate archive for each virtual machine that runs tests, so that none reads a half-written one.
            Path archive =
                    target.resolve("tool-classes-" + ProcessHandle.current().pid() + ".jsa");
            archive.toFile().deleteOnExit();
            // Loads what most commands do, and ends because no server is where it looks.
            ProcessBuilder making = new ProcessBuilder(
                    JavaCommand.ofJar(List.of(quickCompiler, "-XX:ArchiveClassesAtExit=" + archive), JAR, "latest"));
            making.environment()
                    .putAll(Map.of(
                            "DATA_DIR", target.resolve("nothing").toString(),
                            "DB_HOST", "127.0.0.1",
                            "DB_PORT", "9",
                            "DB_NAME", "none",
                            "DB_USER", "none",
                            "DB_PASSWORD", "none",
                            "REDIS_URL", "redis://127.0.0.1:9",
                            "MASTER_KEY", "Rjh3iCif9EtMn7sPeI4MsLWh3I4K1MTSlvCMSQAAAAA="));
            TestProcess.run(making, "", PATIENCE);
            return List.of(quickCompiler, "-Xshare:auto", "-XX:SharedArchiveFile=" + archive, "-Xlog:disable");
        } catch (IOException e) {
            throw new IllegalStateException("no archive can be made", e);
        }
    }

    /** With one more variable, or another value of it. */
    ToolProcess with(String name, String value) {
        Map<String, String> changed = new HashMap<>(environment);
        changed.put(name, value);
        return new ToolProcess(changed, input);
    }

    /** Without some variables. */
    ToolProcess without(String... names) {
        Map<String, String> changed = new HashMap<>(environment);
        List.of(names).forEach(changed::remove);
        return new ToolProcess(changed, input);
    }

    /** With this on standard input, instead of nothing. */
    ToolProcess input(String text) {
        return new ToolProcess(environment, text);
    }

    /** Runs one command to its end. */
    Ended run(String... arguments) {
        return run(List.of(arguments), command(arguments));
    }

    /** Runs one command to its end with the same variables, but within this process; see {@link ToolCall}. */
    Ended call(String... arguments) {
        if (!input.isEmpty()) {
            throw new IllegalStateException("only a process has a standard input");
        }
        return ToolCall.run(environment, arguments);
    }

    private Ended run(List<String> shown, List<String> command) {
        TestProcess.Result result = TestProcess.run(process(command), input, PATIENCE);
        return new Ended(shown, result.exitCode(), result.out(), result.err());
    }

    /** Whether {@link #runInTerminal} can. */
    static boolean hasTerminal() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "script")));
    }

    /** Runs one command in a terminal. {@link Ended#out} has the contents of the screen. */
    Ended runInTerminal(String... arguments) {
        return with("TERM", "xterm").run(List.of(arguments), terminalCommand(arguments));
    }

    /** The command in a terminal, not yet started, for a test that answers its questions. */
    ProcessBuilder terminalBuilder(String... arguments) {
        return with("TERM", "xterm").process(terminalCommand(arguments));
    }

    private static List<String> terminalCommand(String... arguments) {
        String typed = command(arguments).stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        return List.of("script", "-qec", typed, "/dev/null");
    }

    /** The command as a process that is not started yet, for a test that talks to it or stops it. */
    ProcessBuilder builder(String... arguments) {
        return process(command(arguments));
    }

    private static List<String> command(String... arguments) {
        return JavaCommand.ofJar(JAVA_OPTIONS, JAR, arguments);
    }

    private ProcessBuilder process(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().retainAll(List.of("PATH", "HOME", "LANG", "TMPDIR"));
        builder.environment().putAll(environment);
        return builder;
    }
}
