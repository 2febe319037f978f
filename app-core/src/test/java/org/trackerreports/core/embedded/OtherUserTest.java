package org.trackerreports.core.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.core.embedded.EmbeddedServers.Request;
import org.trackerreports.core.embedded.EmbeddedServers.User;
import org.trackerreports.testsupport.TestProcess;

/** What a process of another user of this machine can do. Needs root, who alone can start one. */
class OtherUserTest {

    /** A number that no account has to have. */
    private static final List<String> AS_ANOTHER_USER =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    private static final List<String> AS_OWNER = List.of();

    @TempDir
    private Path temporary;

    /** Open for everybody, as a home directory often is: what is in it must protect itself. */
    @BeforeEach
    void prepare() throws IOException {
        assumeThat(succeeding(AS_ANOTHER_USER, List.of("true")))
                .as("another user cannot be tried: needs root and setpriv")
                .isNotEmpty();
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Runs commands of the shell in one process, and returns those that succeed. */
    private static List<String> succeeding(List<String> user, List<String> commands) {
        List<String> words = new ArrayList<>(user);
        words.add("sh");
        String script = IntStream.range(0, commands.size())
                .mapToObj(number -> "{ " + commands.get(number) + "; } >/dev/null 2>&1 && echo " + number + "\n")
                .collect(Collectors.joining());
        try {
            return TestProcess.run(
                            new ProcessBuilder(words).directory(Path.of("/").toFile()), script, Duration.ofSeconds(30))
                    .out()
                    .lines()
                    .map(number -> commands.get(Integer.parseInt(number)))
                    .toList();
        } catch (UncheckedIOException e) {
            return List.of();
        }
    }

    @Test
    void cannotReadReachOrReplaceAnything() throws Exception {
        Path data = temporary.resolve("data");
        Path programs = temporary.resolve("programs");
        DataDirectory directory = DataDirectory.prepare(data);
        directory.secret("master.key", () -> "a secret");
        try (EmbeddedServers servers = EmbeddedServers.open(directory, new Request(User.DAEMON, 0, 0, programs))) {
            List<String> reading = new ArrayList<>();
            for (String file : List.of(
                    "master.key",
                    "servers.password",
                    "servers.json",
                    "redis.conf",
                    "redis.log",
                    "postgresql.log",
                    "postgresql/PG_VERSION")) {
                reading.add("cat '" + data.resolve(file) + "'");
            }
            Path socket = servers.addresses().redis();
            for (Path folder :
                    List.of(data, data.resolve("postgresql"), data.resolve("redis"), programs, socket.getParent())) {
                reading.add("ls '" + folder + "'");
            }
            reading.add("test -S '" + socket + "'");
            reading.add("cat /proc/"
                    + Files.readString(data.resolve("redis/redis.pid")).strip() + "/environ");
            assertThat(succeeding(AS_OWNER, reading)).isEqualTo(reading);
            assertThat(succeeding(AS_ANOTHER_USER, reading)).isEmpty();

            assertThat(succeeding(AS_ANOTHER_USER, findingPasswords(servers, data)))
                    .as("passwords that everybody sees in the list of processes")
                    .isEmpty();

            List<String> writing = new ArrayList<>();
            try (Stream<Path> inData = Files.walk(data);
                    Stream<Path> inPrograms = Files.walk(programs)) {
                // Of the many files below "share" and "base", only their directories are tried.
                Stream.concat(inData, inPrograms)
                        .filter(path ->
                                Files.isDirectory(path) || !path.toString().matches(".*/(share|base)/.*"))
                        .forEach(path -> writing.add("echo planted >> '"
                                + (Files.isDirectory(path) ? path.resolve("planted") : path) + "'"));
            }
            for (Path place : List.of(data, data.resolve("master.key"), programs)) {
                writing.add("mv '" + place + "' '" + place + ".moved'");
            }
            assertThat(writing).hasSizeGreaterThan(100);
            assertThat(succeeding(AS_ANOTHER_USER, writing)).isEmpty();
        }
    }

    /** The brackets keep grep from finding itself. */
    private static List<String> findingPasswords(EmbeddedServers servers, Path data) throws IOException {
        return Stream.of(
                        servers.addresses().databasePassword(),
                        servers.addresses().redisPassword(),
                        Files.readString(data.resolve("servers.password")))
                .map(password -> "cat /proc/[0-9]*/cmdline 2>/dev/null | grep -qa '[" + password.charAt(0) + "]"
                        + password.substring(1) + "'")
                .toList();
    }

    /** In a directory for everybody, such as the one for temporary files, somebody else can be there first. */
    @Test
    void cannotMakeTheDirectoriesBeforeTheirOwnerDoes() throws Exception {
        Path shared = Files.createDirectory(temporary.resolve("shared"));
        Files.setAttribute(shared, "unix:mode", 01777);
        List<String> making = List.of(
                "mkdir -m 777 '" + shared.resolve("data") + "'", "mkdir -m 777 '" + shared.resolve("programs") + "'");
        assertThat(succeeding(AS_ANOTHER_USER, making)).isEqualTo(making);
        assertThatThrownBy(() -> DataDirectory.prepare(shared.resolve("data")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("belongs to another user");
        assertThatThrownBy(() -> Programs.in(shared.resolve("programs")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("belongs to another user")
                .hasMessageContaining("XDG_CACHE_HOME");
    }
}
