package org.trackerreports.systemtests.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.failure.Failure;
import org.trackerreports.core.failure.Failures;
import org.trackerreports.systemtests.daemon.LocalSystem.Ended;

/** Wrong input: one clear message, the right exit code, and nothing half-done. */
class BadInputTest extends SystemFixture {

    private static final String GOOD_KEY = "Private key: Rjh3iCif9EtMn7sPeI4MsLWh3I4K1MTSlvCMSQ==\n";

    @Test
    void ofABrokenKeyFileTheGoodEntriesAreTaken() throws Exception {
        Path file = system.write(
                "keys.json",
                "[{\"id\": 1, \"name\": \"Good\", \"privateKey\": \"Rjh3iCif9EtMn7sPeI4MsLWh3I4K1MTSlvCMSQ==\"},"
                        + " {\"id\": 2, \"name\": \"Bad\", \"privateKey\": \"AAAA//8=AAAA\"}]");
        Ended ended = system.tools("trackers", "import", file.toString());
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(ExitCode.PARTLY_FAILED);
        assertThat(ended.out()).contains("1 imported, 0 already there, 1 refused.");
        assertThat(ended.err()).contains("keys.json", "Bad");
        assertThat(system.tools("trackers", "list").out()).contains("Good").doesNotContain("Bad");
    }

    @Test
    void anUnknownFormatIsSaidToBeOne() throws Exception {
        Path file = system.write("notes.txt", "nothing but words\n");
        Ended ended = system.tools("trackers", "import", file.toString());
        assertThat(ended.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.err()).contains("notes.txt");
        assertThat(ended.out()).contains("0 imported");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Ended ended = system.tools(
                "trackers", "import", directory.resolve("missing.keys").toString());
        assertThat(ended.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.err()).contains("missing.keys", "cannot be read");
    }

    @Test
    void importingTwiceChangesNothing() throws Exception {
        Path file = system.write("Bike.keys", GOOD_KEY);
        assertThat(system.tools("trackers", "import", file.toString()).out()).contains("1 imported");
        Ended again = system.tools("trackers", "import", file.toString());
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).contains("0 imported, 1 already there");
    }

    @Test
    void aWrongConfigurationValueIsToldBeforeAnythingStarts() {
        Ended ended = system.embedded().with("FETCH_INTERVAL", "soon").tools("latest", "--db-port", "70000");
        assertThat(ended.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(ended.err())
                .contains("2 problems", "FETCH_INTERVAL is 'soon'", "DB_PORT is '70000'", "nothing was started");
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void aTakenPortIsAConfigurationError() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended ended =
                    system.embedded().tools("latest", "--embedded-redis-port", Integer.toString(taken.getLocalPort()));
            assertThat(ended.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
            assertThat(ended.err()).contains("EMBEDDED_REDIS_PORT is " + taken.getLocalPort(), "in use");
        }
    }

    @Test
    void aSecondDaemonOnTheSameDirectoryIsRefused() throws Exception {
        system.embedded().startDaemon();
        Failure failure = Failures.of(catchThrowable(() -> system.startDaemon()));
        assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(failure.message()).contains("another daemon", "--data-dir");
    }

    @Test
    void anotherMasterKeyTouchesNothing() throws Exception {
        Path file = system.write("Bike.keys", GOOD_KEY);
        system.tools("trackers", "import", file.toString());
        Ended ended = system.with("MASTER_KEY", "Rjh3iCif9EtMn7sPeI4MsLWh3I4K1MTSlvCMSQAAAAA=")
                .tools("trackers", "list");
        assertThat(ended.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(ended.err()).containsIgnoringCase("key");
    }

    @Test
    void anUnknownTrackerIsToldWithTheNearestNames() throws Exception {
        Path file = system.write("Bike.keys", GOOD_KEY);
        system.tools("trackers", "import", file.toString());
        Ended ended = system.tools("latest", "bik");
        assertThat(ended.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.err()).contains("There is no tracker named 'bik'; nearest: Bike");
    }

    @Test
    void aWrongPasswordIsToldAsSuch() throws Exception {
        Path password = system.write("password", "not this one");
        Ended ended = system.login(password);
        assertThat(ended.exitCode()).isEqualTo(ExitCode.LOGIN_NEEDED);
        assertThat(ended.err()).contains("password was not accepted", "-22406");
    }

    @Test
    void nobodyIsAskedWhereNobodyIs() {
        Ended ended = system.tools("login", "--account", "main");
        assertThat(ended.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ended.err()).contains("--username");
    }

    @Test
    void anUnknownCommandIsAUsageError() {
        assertThat(system.tools("lastest").exitCode()).isEqualTo(ExitCode.USAGE);
    }
}
