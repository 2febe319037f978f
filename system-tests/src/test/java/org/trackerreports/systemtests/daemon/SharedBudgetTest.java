package org.trackerreports.systemtests.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.queue.RedisClients;
import org.trackerreports.simulator.SimulatedAccount;
import org.trackerreports.systemtests.daemon.LocalSystem.Ended;

/** The budget belongs to the Apple account: no other way to it gives more requests. Counted where the requests arrive. */
class SharedBudgetTest extends SystemFixture {

    @BeforeEach
    void oneRequestWasMade() throws Exception {
        system.with("FETCH_INTERVAL", "300");
        system.addTrackers(1);
        system.login(false);
        assertThat(fetch().exitCode()).isEqualTo(ExitCode.DONE);
    }

    private Ended fetch(String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "fetch";
        arguments[1] = "tag-0";
        System.arraycopy(more, 0, arguments, 2, more.length);
        return system.tools(arguments);
    }

    private void assertMustWait(String why, String... more) {
        Ended again = fetch(more);
        assertThat(again.exitCode()).as(why + ": " + again).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(again.err()).contains("may ask again in");
        assertThat(system.simulator().requests().fetches(LocalSystem.APPLE_ID))
                .as(why)
                .isEqualTo(1);
    }

    @Test
    void neitherALossOfRedisNorAnotherPrefixGivesMoreRequests() {
        redisForgets();
        assertMustWait("after FLUSHALL");

        system.with("QUEUE_PREFIX", "other");
        for (String[] command : new String[][] {{"fetch", "tag-0"}, {"queue", "status"}, {"accounts", "list"}}) {
            Ended refused = system.tools(command);
            assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(ExitCode.CONFIGURATION);
            assertThat(refused.err()).contains("QUEUE_PREFIX is \"other\"", database, "findmy tools queue move --yes");
        }
        assertThat(system.tools("queue", "move").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(system.tools("queue", "move", "--yes").out()).contains("under the prefix other");
        assertMustWait("under another prefix");
    }

    private void redisForgets() {
        RedissonClient redis = RedisClients.connect(system.environment().get("REDIS_URL"), Duration.ofSeconds(30));
        try {
            redis.getKeys().flushall();
        } finally {
            redis.shutdown();
        }
    }

    @Test
    void neitherALaxerRuleNorASessionFileNorASecondAliasGivesMoreRequests() throws Exception {
        system.with("FETCH_INTERVAL", "600");
        system.startDaemon();
        system.with("FETCH_INTERVAL", "1");
        assertMustWait("with the laxer rule of another instance");
        assertThat(fetch().err()).as("the daemon's rule holds").containsPattern("in (9|10) min");
        system.stopDaemon();

        Path passphrase = system.write("passphrase", "a made-up passphrase");
        Path password = system.write("password", LocalSystem.PASSWORD);
        String session = directory.resolve("other.session").toString();
        Ended signedIn = system.tools(
                "login",
                "--session",
                session,
                "--username",
                LocalSystem.APPLE_ID,
                "--password-file",
                password.toString(),
                "--passphrase-file",
                passphrase.toString());
        assertThat(signedIn.exitCode()).as(signedIn.toString()).isZero();
        system.with("FETCH_INTERVAL", "300");
        assertMustWait("with a session file", "--session", session, "--passphrase-file", passphrase.toString());

        long signIns = system.simulator().requests().recent().size();
        Ended second = system.tools(
                "login", "--account", "second", "--username", "Owner@example.com", "--password-file", "" + password);
        assertThat(second.exitCode()).as(second.toString()).isEqualTo(ExitCode.FAILED);
        assertThat(second.err()).contains("already here, as account main", "findmy tools login --account main");
        assertThat(system.simulator().requests().recent())
                .as("nobody signed in")
                .hasSize((int) signIns);
    }

    @Test
    void anotherAppleAccountHasABudgetOfItsOwn() throws Exception {
        system.simulator().accounts().add(SimulatedAccount.of("other@example.com", LocalSystem.PASSWORD));
        Path password = system.write("password", LocalSystem.PASSWORD);
        Ended signedIn = system.tools(
                "login", "--account", "other", "--username", "other@example.com", "--password-file", "" + password);
        assertThat(signedIn.exitCode()).as(signedIn.toString()).isZero();
        assertThat(fetch("--account", "other").exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(system.simulator().requests().smallestGap(LocalSystem.APPLE_ID))
                .isEmpty();
    }
}
