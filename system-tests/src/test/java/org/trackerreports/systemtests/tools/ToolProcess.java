package org.trackerreports.systemtests.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs the packaged command line as a person or a script does. Unchangeable. */
final class ToolProcess {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Path JAR = findJar();
    private static final List<String> JAVA = java();

    private final Map<String, String> environment;
    private final String input;

    private ToolProcess(Map<String, String> environment, String input) {
        this.environment = Map.copyOf(environment);
        this.input = input;
    }

    /** How a command ended. */
    record Ended(List<String> command, int exitCode, String out, String err) {

        /** What it printed on standard output, which has to be one JSON text and nothing else, with fields that are documented. */
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

    /** @param environment all that the process gets, beside what a JVM needs */
    static ToolProcess in(Map<String, String> environment) {
        return new ToolProcess(environment, "");
    }

    /** As the launcher starts it: with the quick compiler and an archive of loaded classes, which halves what a short run takes. */
    private static List<String> java() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String quickCompiler = "-XX:TieredStopAtLevel=1";
        try {
            Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
            // One for each virtual machine that runs tests, so that none reads what another is writing.
            Path archive =
                    target.resolve("tool-classes-" + ProcessHandle.current().pid() + ".jsa");
            archive.toFile().deleteOnExit();
            // Loads what most commands do, and ends because no server is where it looks.
            ProcessBuilder making = new ProcessBuilder(
                            java,
                            quickCompiler,
                            "-XX:ArchiveClassesAtExit=" + archive,
                            "-jar",
                            JAR.toString(),
                            "latest")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            making.environment()
                    .putAll(Map.of(
                            "DATA_DIR", target.resolve("nothing").toString(),
                            "DB_HOST", "127.0.0.1",
                            "DB_PORT", "9",
                            "DB_NAME", "none",
                            "DB_USER", "none",
                            "DB_PASSWORD", "none",
                            "REDIS_URL", "redis://127.0.0.1:9",
                            "MASTER_KEY", Base64.getEncoder().encodeToString(new byte[32])));
            making.start().waitFor();
            return List.of(java, quickCompiler, "-Xshare:auto", "-XX:SharedArchiveFile=" + archive, "-Xlog:disable");
        } catch (IOException e) {
            throw new IllegalStateException("no archive can be made", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Path findJar() {
        Path target = Path.of("..", "tools-app", "target");
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-app.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("there is none"))
                    .toAbsolutePath()
                    .normalize();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The jar of tools-app is not in " + target.toAbsolutePath().normalize()
                            + "; run: mvn -pl tools-app -am -DskipTests package",
                    e);
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

    private Ended run(List<String> shown, List<String> command) {
        try {
            Path in = Files.createTempFile("tool", ".in");
            Path out = Files.createTempFile("tool", ".out");
            Path err = Files.createTempFile("tool", ".err");
            try {
                Files.writeString(in, input);
                Process process = process(command)
                        .redirectInput(in.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
                if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    // What it is at goes to its standard output.
                    new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid()))
                            .start()
                            .waitFor();
                    process.waitFor(5, TimeUnit.SECONDS);
                    process.destroyForcibly();
                    throw new AssertionError("not ended within " + PATIENCE + ": " + String.join(" ", shown) + "\n"
                            + Files.readString(out) + Files.readString(err));
                }
                return new Ended(shown, process.exitValue(), Files.readString(out), Files.readString(err));
            } finally {
                Files.delete(in);
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the command cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Whether {@link #runInTerminal} can. */
    static boolean hasTerminal() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "script")));
    }

    /** Runs one command in a terminal of its own; what a person would see is in {@link Ended#out}. */
    Ended runInTerminal(String... arguments) {
        return with("TERM", "xterm").run(List.of(arguments), terminalCommand(arguments));
    }

    /** The command in a terminal of its own, not started yet, for a test that answers what it asks. */
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
        List<String> command = new ArrayList<>(JAVA);
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private ProcessBuilder process(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().retainAll(List.of("PATH", "HOME", "LANG", "TMPDIR"));
        builder.environment().putAll(environment);
        return builder;
    }
}
