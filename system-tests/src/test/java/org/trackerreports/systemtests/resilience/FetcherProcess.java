package org.trackerreports.systemtests.resilience;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.trackerreports.testsupport.JavaCommand;
import org.trackerreports.testsupport.TestProcess;

/**
 * One instance of the daemon: the packaged program in a separate process. It can be killed and started again, as a service manager
 * does; its data directory stays.
 */
final class FetcherProcess implements AutoCloseable {

    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    private final Path directory;
    private final Map<String, String> environment;
    private final List<String> javaOptions;
    private TestProcess process;
    private Path log;
    private int starts;

    /**
     * Not yet started.
     *
     * @param directory for its data and logs
     * @param javaOptions of the virtual machine
     */
    FetcherProcess(Path directory, Map<String, String> environment, List<String> javaOptions) {
        this.directory = directory;
        this.environment = environment;
        this.javaOptions = javaOptions;
    }

    /** One with the role serve alone, on the database "served" as the user "web"; nobody listens at its address of Redis. */
    static FetcherProcess serving(Path directory, int databasePort, int operatorsPort, int webPort) {
        Map<String, String> environment = new HashMap<>();
        environment.put("ROLES", "serve");
        environment.put("DB_HOST", "127.0.0.1");
        environment.put("DB_PORT", Integer.toString(databasePort));
        environment.put("DB_NAME", "served");
        environment.put("DB_USER", "web");
        environment.put("DB_PASSWORD", "not asked for");
        environment.put("REDIS_URL", "redis://127.0.0.1:1");
        environment.put("HTTP_PORT", Integer.toString(operatorsPort));
        environment.put("WEB_PORT", Integer.toString(webPort));
        return new FetcherProcess(
                directory, environment, List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    }

    void start() {
        try {
            Files.createDirectories(directory);
            log = directory.resolve("log-" + ++starts);
            List<String> command = JavaCommand.ofJar(javaOptions, JavaCommand.packagedJar("../fetcher-app"));
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            builder.environment().put("DATA_DIR", directory.resolve("data").toString());
            process = TestProcess.start(builder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it was answered at least once since it started. */
    boolean hasFetched() {
        return log().contains(" 1 request, ");
    }

    /** The log since the last start. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Its memory in use, as the operating system counts it. */
    long residentBytes() throws IOException {
        return Long.parseLong(status("VmRSS").replaceAll("\\D", "")) * 1_024;
    }

    int threads() throws IOException {
        return Integer.parseInt(status("Threads"));
    }

    int openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid()), "fd"))) {
            return (int) files.count();
        }
    }

    private String status(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status")).stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    /** The size of the live objects on its heap. */
    long heapAfterCollection() {
        diagnose("GC.run");
        return USED.matcher(diagnose("GC.heap_info").replaceAll("(?m)^ *(Metaspace|class space|.* space ).*$", ""))
                .results()
                .mapToLong(used -> Long.parseLong(used.group(1)) * 1_024)
                .sum();
    }

    private String diagnose(String command) {
        ProcessBuilder jcmd = new ProcessBuilder(JavaCommand.program("jcmd"), Long.toString(pid()), command)
                .redirectErrorStream(true);
        TestProcess.Result result = TestProcess.run(jcmd, "", Duration.ofSeconds(60));
        if (result.exitCode() != 0) {
            throw new AssertionError("jcmd failed: " + result.out());
        }
        return result.out();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** SIGKILL. */
    void kill() {
        process.kill();
    }

    /** SIGHUP. */
    void hangUp() {
        process.signal("HUP");
    }

    /** SIGTERM; answers the exit code. */
    int stop() {
        process.signal("TERM");
        return process.exitCode(Duration.ofSeconds(60));
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
    }
}
