package org.trackerreports.systemtests.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.simulator.AccountCondition;
import org.trackerreports.simulator.Fault;
import org.trackerreports.simulator.FaultKind;
import org.trackerreports.simulator.SecondFactor;
import org.trackerreports.simulator.Service;
import org.trackerreports.simulator.SimulatorSettings;
import org.trackerreports.testsupport.FreePorts;

/**
 * Something happens to one account of a running daemon: its state says what, it makes no request that it should not, and the other
 * accounts go on. Each test uses its own accounts; account 0 is never touched.
 */
class AccountStatesTest {

    private static final int UNTOUCHED = 0;
    private static final int EXPIRED = 1;
    private static final int OTHER_PASSWORD = 2;
    private static final int ASKED_FOR_A_CODE = 3;
    private static final int LOCKED = 4;
    private static final int TOLD_TO_TRY_LATER = 5;
    private static final int FIRST_BADLY_ANSWERED = 6;

    private static final List<FaultKind> BAD_ANSWERS = List.of(
            FaultKind.EMPTY_ANSWER,
            FaultKind.HTML_PAGE,
            FaultKind.HALF_ANSWER,
            FaultKind.HANG,
            FaultKind.CONNECTION_RESET,
            FaultKind.TOO_MANY_REQUESTS);

    private static final int MAX_REQUESTS = 1_000;
    private static final Duration GAP = Duration.ofMillis(200);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path directory;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static Fleet fleet;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        port = FreePorts.next();
        fleet = Fleet.ready(directory, SimulatorSettings.defaults())
                .with("HTTP_PORT", Integer.toString(port))
                .with("FETCH_INTERVAL", GAP.toMillis() + "ms")
                .with("MAX_REQUESTS_PER_DAY", Integer.toString(MAX_REQUESTS))
                .with("RESERVED_REQUESTS_PER_DAY", "0")
                .with("MAX_KEYS_PER_BATCH", "4")
                .with("REQUEST_INTERVAL_HOURS", "1s");
        fleet.addAccounts(FIRST_BADLY_ANSWERED + BAD_ANSWERS.size());
        fleet.addTags(200, tag -> tag);
        fleet.startSmallInstances(1);
        within(
                30,
                () -> IntStream.range(0, FIRST_BADLY_ANSWERED + BAD_ANSWERS.size())
                        .allMatch(account -> answered(account) > 0));
    }

    @AfterAll
    static void close() {
        if (fleet != null) {
            fleet.close();
        }
    }

    @Test
    void anExpiredTokenIsRenewedOnceAndTheAccountStaysReady() throws Exception {
        long signIns = signIns(EXPIRED);
        fleet.simulator().accounts().expireSessions(Fleet.appleId(EXPIRED));
        long known = answered(EXPIRED);
        within(15, () -> answered(EXPIRED) > known + 2);
        assertThat(signIns(EXPIRED) - signIns)
                .as("requests of a sign-in: one to begin it, one to complete it")
                .isEqualTo(2);
        within(15, () -> state(EXPIRED).equals("ready"));
        theOthersGoOn();
    }

    @Test
    void aChangedPasswordMakesTheAccountWaitForALoginAfterWhichItGoesOn() throws Exception {
        fleet.simulator()
                .accounts()
                .change(Fleet.appleId(OTHER_PASSWORD), account -> account.withPassword("another password"));
        fleet.simulator().accounts().expireSessions(Fleet.appleId(OTHER_PASSWORD));
        waitsForAPerson(OTHER_PASSWORD, "needs_login");

        Path password = Files.writeString(directory.resolve("other-password"), "another password");
        int exitCode = fleet.tools(
                "login",
                "--account",
                "account-" + OTHER_PASSWORD,
                "--password-file",
                password.toString(),
                "--remember-password");
        assertThat(exitCode).isZero();
        long known = answered(OTHER_PASSWORD);
        within(15, () -> answered(OTHER_PASSWORD) > known);
        within(15, () -> state(OTHER_PASSWORD).equals("ready"));
    }

    @Test
    void aSecondFactorThatIsAskedForAnewMakesTheAccountWaitForACode() throws Exception {
        fleet.simulator()
                .accounts()
                .change(Fleet.appleId(ASKED_FOR_A_CODE), account -> account.with(SecondFactor.TRUSTED_DEVICE));
        fleet.simulator().accounts().forgetTrust(Fleet.appleId(ASKED_FOR_A_CODE));
        fleet.simulator().accounts().expireSessions(Fleet.appleId(ASKED_FOR_A_CODE));
        waitsForAPerson(ASKED_FOR_A_CODE, "needs_second_factor");
    }

    @Test
    void aLockedAccountIsSaidToBeLocked() throws Exception {
        fleet.simulator().accounts().change(Fleet.appleId(LOCKED), account -> account.with(AccountCondition.LOCKED));
        waitsForAPerson(LOCKED, "locked");
    }

    @Test
    void anAccountThatIsToldToTryLaterSignsInByItself() throws Exception {
        String appleId = Fleet.appleId(TOLD_TO_TRY_LATER);
        fleet.simulator().accounts().change(appleId, account -> account.with(AccountCondition.TRY_LATER));
        fleet.simulator().accounts().expireSessions(appleId);
        within(
                15,
                () -> state(TOLD_TO_TRY_LATER).equals("cooling_down")
                        && lastError(TOLD_TO_TRY_LATER).contains("-36607"));
        fleet.simulator().accounts().change(appleId, account -> account.with(AccountCondition.OK));
        long known = answered(TOLD_TO_TRY_LATER);
        // The first cool-down takes 36 s at most.
        within(60, () -> answered(TOLD_TO_TRY_LATER) > known);
        within(15, () -> state(TOLD_TO_TRY_LATER).equals("ready"));
    }

    @Test
    void afterABadAnswerTheAccountCoolsDown() throws Exception {
        for (int number = 0; number < BAD_ANSWERS.size(); number++) {
            fleet.simulator()
                    .faults()
                    .add(Fault.once(Service.GATEWAY, BAD_ANSWERS.get(number))
                            .forAccount(Fleet.appleId(FIRST_BADLY_ANSWERED + number))
                            .withDelay(Duration.ofSeconds(2)));
        }
        for (int number = 0; number < BAD_ANSWERS.size(); number++) {
            int account = FIRST_BADLY_ANSWERED + number;
            // Why it cools down is noted after the cool-down itself.
            within(
                    15,
                    () -> state(account).equals("cooling_down")
                            && !lastError(account).isBlank());
        }
        List<Long> asked = badlyAnswered();
        theOthersGoOn();
        assertThat(badlyAnswered()).as("requests of those that rest").isEqualTo(asked);
    }

    private static List<Long> badlyAnswered() {
        return IntStream.range(0, BAD_ANSWERS.size())
                .mapToObj(number -> fleet.simulator().requests().fetches(Fleet.appleId(FIRST_BADLY_ANSWERED + number)))
                .toList();
    }

    /** The account says what it waits for, and makes no request and no sign-in by itself. */
    private static void waitsForAPerson(int account, String state) throws Exception {
        within(15, () -> state(account).equals(state));
        assertThat(lastError(account)).isNotBlank();
        long asked = fleet.simulator().requests().fetches(Fleet.appleId(account));
        long signIns = signIns(account);
        theOthersGoOn();
        assertThat(fleet.simulator().requests().fetches(Fleet.appleId(account)))
                .as("requests for reports")
                .isEqualTo(asked);
        assertThat(signIns(account)).as("requests of sign-ins").isEqualTo(signIns);
    }

    private static void theOthersGoOn() throws Exception {
        long known = answered(UNTOUCHED);
        within(15, () -> answered(UNTOUCHED) >= known + 4);
        assertThat(state(UNTOUCHED)).isEqualTo("ready");
        assertThat(get("/health/ready").statusCode())
                .as(get("/health/ready").body())
                .isEqualTo(200);
        BudgetCheck.of(fleet.simulator().requests()).assertKept(GAP, MAX_REQUESTS, Duration.ofDays(1));
    }

    /** Number of fetch requests with a correct answer. */
    private static long answered(int account) {
        return fleet.simulator().requests().recent(Service.GATEWAY).stream()
                .filter(request -> request.account().equals(Fleet.appleId(account)))
                .filter(request -> request.status() == 200 && request.fault().isEmpty())
                .count();
    }

    private static long signIns(int account) {
        return fleet.simulator().requests().recent(Service.GSA).stream()
                .filter(request -> request.account().equals(Fleet.appleId(account)))
                .count();
    }

    private static String state(int account) throws IOException, InterruptedException {
        return status(account).path("state").asText();
    }

    private static String lastError(int account) throws IOException, InterruptedException {
        return status(account).path("last_error").asText("");
    }

    /** The account on the daemon's status page. */
    private static JsonNode status(int account) throws IOException, InterruptedException {
        for (JsonNode each : new ObjectMapper().readTree(get("/status").body()).path("accounts")) {
            if (each.path("alias").asText().equals("account-" + account)) {
                return each;
            }
        }
        throw new AssertionError("The daemon does not know account-" + account + ".");
    }

    private static HttpResponse<String> get(String page) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + page))
                        .timeout(Duration.ofSeconds(5))
                        .build(),
                BodyHandlers.ofString());
    }

    private static void within(int seconds, Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(seconds))
                .pollInterval(Duration.ofMillis(100))
                .until(condition);
    }
}
