package org.trackerreports.systemtests.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.time.Times;
import org.trackerreports.simulator.Fault;
import org.trackerreports.simulator.FaultKind;
import org.trackerreports.simulator.Service;
import org.trackerreports.simulator.SimulatedAccount;
import org.trackerreports.simulator.world.Sighting;
import org.trackerreports.simulator.world.TagSpec;
import org.trackerreports.systemtests.tools.ToolProcess.Ended;

/** {@code fetch}, {@code compare} and {@code accuracy}. */
@ExtendWith(WithToolWorld.class)
class FetchCommandsTest {

    private final ToolWorld world;
    private final List<String> ownAccounts = new ArrayList<>();

    FetchCommandsTest(ToolWorld world) {
        this.world = world;
    }

    private Sighting truth(String tag) {
        return world.simulator().world().newestVisible(tag, Instant.now()).orElseThrow();
    }

    private long requests(String appleId) {
        return world.simulator().requests().fetches(appleId);
    }

    /** Adds an account, signs it in for one test, and returns its name at the service. */
    private String signIn(String alias) throws Exception {
        String appleId = alias + "@example.com";
        world.simulator().accounts().add(SimulatedAccount.of(appleId, ToolWorld.PASSWORD));
        world.signIn(alias, appleId);
        ownAccounts.add(alias);
        return appleId;
    }

    @AfterEach
    void removeOwnAccounts() {
        ownAccounts.forEach(
                alias -> world.tool("accounts", "remove", alias, "--yes").done());
    }

    @Test
    void reportsAreComparedFetchedStoredAndSummedUp() throws Exception {
        world.newTracker("Asked", 48.1, 11.5);
        JsonNode plan =
                world.tool("fetch", "Asked", "--dry-run", "--json").done().json();
        assertThat(plan).hasSize(1);
        assertThat(plan.at("/0/keys").asInt()).isEqualTo(1);
        assertThat(plan.at("/0/trackers/0").asText()).isEqualTo("Asked");

        JsonNode lacking =
                world.tool("compare", "Asked", "--wait", "--json").done().json();
        assertThat(lacking).isNotEmpty();
        assertThat(lacking.at("/0/stored").asBoolean()).isFalse();
        Ended fetched = world.tool("fetch", "Asked", "--wait", "--json").done();
        JsonNode report = fetched.json().get(0);
        assertThat(report.get("tracker").asText()).isEqualTo("Asked");
        assertThat(report.get("event_time").asText())
                .isEqualTo(truth("Asked").time().toString());
        assertThat(report.get("lat").asDouble()).isEqualTo(truth("Asked").latitudeE7() / 1e7);
        assertThat(report.get("lon").asDouble()).isEqualTo(truth("Asked").longitudeE7() / 1e7);
        assertThat(report.get("accuracy_m").asInt()).isEqualTo(truth("Asked").horizontalAccuracy());
        assertThat(report.get("confidence").asInt()).isEqualTo(truth("Asked").confidence());
        assertThat(fetched.err()).contains("1 reports, 1 new, 0 known.");
        Ended compared = world.tool("compare", "Asked", "--wait").done();
        assertThat(compared.out()).isEmpty();
        assertThat(compared.err()).contains("the database lacks 0");

        Ended accuracy = world.tool("accuracy", "Asked", "--wait").done();
        assertThat(accuracy.out()).contains("STATUS", "BYTES", "RECEIVED", "median", "Confidence", "|#");
        JsonNode summary =
                world.tool("accuracy", "Asked", "--wait", "--json").done().json();
        assertThat(summary.at("/reports/0/payload_bytes").asInt()).isBetween(88, 89);
        assertThat(summary.at("/summary/reports").asInt()).isEqualTo(1);
        assertThat(summary.at("/summary/accuracy_median_m").asInt())
                .isEqualTo(truth("Asked").horizontalAccuracy());
        assertThat(summary.at("/summary/confidence_distribution/0/confidence").asInt())
                .isEqualTo(truth("Asked").confidence());
    }

    /** Nothing that was fetched is lost, and no place that is not on earth is shown as a position. */
    @Test
    void aReportOfAPlaceThatIsNotOnEarthIsKeptWithItsFlagAndHoldsNothingUp() throws Exception {
        world.newTracker("Nowhere", 48.1, 11.5);
        world.newTracker("Beside", 48.2, 11.6);
        Instant time = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String key = truth("Nowhere").hashedKey();
        world.simulator().world().addSighting("Nowhere", new Sighting(key, time, 910_000_000, 1, 9, 3, 32, time));

        Ended fetched =
                world.tool("fetch", "Nowhere", "Beside", "--json", "--wait").done();
        assertThat(fetched.err()).contains("2 reports, 2 new, 0 known; 1 with flags");
        JsonNode nowhere = fetched.json().get(0);
        assertThat(nowhere.get("event_time").asText()).isEqualTo(time.toString());
        assertThat(nowhere.get("flags").get(0).asText()).isEqualTo("COORDINATES_OUT_OF_RANGE");
        assertThat(nowhere.has("lat") || nowhere.has("lon")).isFalse();
        assertThat(fetched.json().get(1).get("lat").asDouble()).isEqualTo(48.2);

        Ended again = world.tool("fetch", "Nowhere", "--wait").done();
        assertThat(again.err()).contains("1 reports, 0 new, 1 known; 1 with flags");
        assertThat(again.out()).contains("COORDINATES_OUT_OF_RANGE").doesNotContain("91.");
        assertThat(world.tool("compare", "Nowhere", "--wait").done().err()).contains("the database lacks 0");
        for (String command : List.of("latest", "history --by raw", "history --by hour", "export --format csv")) {
            List<String> words = new ArrayList<>(List.of(command.split(" ")));
            words.addAll(List.of("Nowhere", "--flags", "with"));
            Ended shown = world.tool(words.toArray(String[]::new));
            assertThat(shown.exitCode()).as(command).isIn(ExitCode.DONE, ExitCode.NOTHING_FOUND);
            assertThat(shown.out()).as(command).doesNotContain("91.0");
        }
        assertThat(stored(key)).isEqualTo("{COORDINATES_OUT_OF_RANGE} nowhere decrypted 3 9 32 t");
        assertThat(world.tool("db", "redecrypt", "Nowhere", "--yes").done().out())
                .contains("1 reports were decrypted again, 0 changed, 0 could not be decrypted");
    }

    /** What the database has of the reports of a key. */
    private String stored(String hashedKey) throws SQLException {
        String columns =
                "wrong_flags::text, coalesce(location::text, 'nowhere'), coalesce(undecryptable_reason, 'decrypted'),"
                        + " confidence, horizontal_accuracy, status, length(payload) >= 88";
        try (Connection connection = world.get(DataSource.class).getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT string_agg(concat_ws(' ', " + columns
                        + "), '; ') FROM location_reports WHERE hashed_adv_key = ?")) {
            statement.setString(1, hashedKey);
            ResultSet row = statement.executeQuery();
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void withFilesAloneNoServerIsTouchedAndTheGapStillHolds() throws Exception {
        String appleId = "alone@example.com";
        world.simulator().accounts().add(SimulatedAccount.of(appleId, ToolWorld.PASSWORD));
        Path keys = world.newTag("Alone", 10, 20, UnaryOperator.identity());
        Path session = world.directory().resolve("alone.session");
        Path data = world.directory().resolve("never-made-either");
        String passphrase =
                world.write("alone.passphrase", "a made-up passphrase").toString();
        ToolProcess alone = world.embedded(data).with("FETCH_INTERVAL", "1h");
        String[] files = {
            "fetch", "--key-file", keys.toString(), "--session", session.toString(), "--passphrase-file", passphrase
        };
        String[] fetch = with("--no-store", with("--json", files));
        Ended early = alone.run(fetch);
        assertThat(early.exitCode()).isEqualTo(ExitCode.LOGIN_NEEDED);
        assertThat(early.err()).contains("findmy tools login --session");
        alone.run(with("--remember-password", world.loginToFile(session, appleId, passphrase)))
                .done();

        JsonNode reports = alone.run(fetch).done().json();
        assertThat(reports.at("/0/tracker").asText()).isEqualTo("Alone");
        assertThat(reports.at("/0/lat").asDouble()).isEqualTo(truth("Alone").latitudeE7() / 1e7);

        Ended again = alone.run(fetch);
        assertThat(again.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(again.err()).contains("may ask again in", "--wait");
        assertThat(requests(appleId)).isEqualTo(1);
        for (Path other : List.of(
                Files.copy(session, world.directory().resolve("copied.session")),
                Files.createSymbolicLink(world.directory().resolve("linked.session"), session))) {
            Ended otherFile = alone.run(
                    "fetch",
                    "--key-file",
                    keys.toString(),
                    "--session",
                    other.toString(),
                    "--passphrase-file",
                    passphrase,
                    "--no-store");
            assertThat(otherFile.exitCode()).as(otherFile.toString()).isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(requests(appleId)).as(other.toString()).isEqualTo(1);
        }
        try (Stream<Path> made = Files.list(data)) {
            assertThat(made).as("no server was started").containsExactly(data.resolve("budgets"));
        }

        world.simulator().accounts().expireSessions(appleId);
        Ended renewed =
                alone.with("FETCH_INTERVAL", "100ms").run(with("--wait", fetch)).done();
        assertThat(renewed.err()).contains("signed in again");
        assertThat(renewed.json()).isNotEmpty();
        try (Stream<Path> ledgers = Files.list(data.resolve("budgets"))) {
            assertThat(ledgers.filter(file -> file.toString().endsWith(".requests")))
                    .singleElement()
                    .satisfies(ledger -> assertThat(Files.readAllLines(ledger)).hasSize((int) requests(appleId) + 1));
        }
        Ended notImported = world.tool(files);
        assertThat(notImported.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(notImported.err()).contains("has not been imported", "--no-store");
    }

    private static String[] with(String flag, String[] command) {
        String[] longer = Arrays.copyOf(command, command.length + 1);
        longer[command.length] = flag;
        return longer;
    }

    /** Lets the next request of an account for reports fail. */
    private void failOnce(FaultKind kind, String appleId) {
        world.simulator().faults().add(Fault.once(Service.GATEWAY, kind).forAccount(appleId));
    }

    @Test
    void noTroubleMakesTheAccountAskFaster() throws Exception {
        String appleId = signIn("trouble");
        world.newTracker("Troubled", 1, 2);
        String[] fetch = {"fetch", "Troubled", "--account", "trouble"};
        failOnce(FaultKind.TOO_MANY_REQUESTS, appleId);
        Ended refused = world.tool(fetch);
        assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(refused.err()).contains("429");
        Ended again = world.tool(fetch);
        assertThat(again.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(again.err()).contains("Account trouble may ask again in");
        assertThat(requests(appleId)).isEqualTo(1);
        assertThat(world.tool("accounts", "show", "trouble").done().out()).contains("cools down until");
    }

    @Test
    void aResumedAccountSaysThatItCoolsDownUntilAPersonEndsThat() throws Exception {
        String appleId = signIn("cooling");
        world.newTracker("Cooled", 1, 2);
        String[] fetch = {"fetch", "Cooled", "--account", "cooling", "--wait"};
        world.simulator()
                .faults()
                .add(Fault.once(Service.GATEWAY, FaultKind.TOO_MANY_REQUESTS)
                        .withRetryAfter(Duration.ofHours(5))
                        .forAccount(appleId));
        assertThat(world.tool(fetch).exitCode()).isEqualTo(ExitCode.UNAVAILABLE);

        Ended resumed = world.tool("accounts", "resume", "cooling").done();
        JsonNode cooling =
                world.tool("accounts", "show", "cooling", "--json").done().json();
        assertThat(cooling.get("state").asText()).isEqualTo("cooling_down");
        Instant until = Instant.parse(cooling.get("cool_down_until").asText());
        assertThat(until).isAfter(Instant.now().plus(Duration.ofHours(4)));
        assertThat(resumed.out())
                .contains("cools down until " + Times.text(until), "429", "resume cooling --end-cool-down")
                .doesNotContain("in use again");

        assertThat(world.tool("accounts", "resume", "cooling", "--end-cool-down")
                        .done()
                        .out())
                .contains("Account cooling is in use again");
        JsonNode ready =
                world.tool("accounts", "show", "cooling", "--json").done().json();
        assertThat(ready.get("state").asText()).isEqualTo("ready");
        assertThat(ready.get("cool_down_until").isNull()).isTrue();
        world.tool(fetch).done();
        assertThat(requests(appleId)).isEqualTo(2);
    }

    @Test
    void aRestThatIsOverIsOverAndABudgetThatIsUsedUpIsTold() throws Exception {
        String appleId = signIn("budget");
        world.newTracker("Budgeted", 1, 2);
        ToolProcess tool = world.tool().with("MAX_REQUESTS_PER_DAY", "2").with("RESERVED_REQUESTS_PER_DAY", "1");
        String[] fetch = {"fetch", "Budgeted", "--account", "budget", "--wait", "--quiet"};
        world.simulator()
                .faults()
                .add(Fault.once(Service.GATEWAY, FaultKind.TOO_MANY_REQUESTS)
                        .withRetryAfter(Duration.ofSeconds(1))
                        .forAccount(appleId));
        Ended refused = tool.call(fetch);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(refused.err().lines()).as("said once").hasSize(1);
        Ended fetched = tool.call(fetch).done();
        assertThat(fetched.err()).isEmpty();
        Ended spent = tool.call("fetch", "Budgeted", "--account", "budget");
        assertThat(spent.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(spent.err()).contains("may ask again in 23 h");
        assertThat(requests(appleId)).isEqualTo(2);
        JsonNode shown =
                tool.call("accounts", "show", "budget", "--json").done().json();
        assertThat(shown.get("state").asText()).isEqualTo("ready");
        assertThat(shown.get("last_error").isNull()).isTrue();
        assertThat(shown.get("requests_left").asInt()).isZero();
        assertThat(Instant.parse(shown.get("next_request_time").asText()))
                .isAfter(Instant.now().plus(Duration.ofHours(23)));
    }

    @Test
    void reportsComeInOrderAndThoseThatCannotBeReadAreTold() throws Exception {
        String appleId = signIn("unreadable");
        world.newTracker("Zebra", 1, 2);
        world.newTracker("Ant", 1, 2);
        world.newTracker("Mouse", 1, 2);
        String[] fetch = {"fetch", "Zebra", "Ant", "Mouse", "--account", "unreadable", "--json", "--wait"};
        Ended fetched = world.tool(fetch).done();
        assertThat(fetched.json().findValuesAsText("tracker")).containsExactly("Zebra", "Ant", "Mouse");
        failOnce(FaultKind.WRONG_KEY_PAYLOADS, appleId);
        Ended unreadable = world.tool(fetch);
        assertThat(unreadable.exitCode()).as(unreadable.toString()).isEqualTo(ExitCode.PARTLY_FAILED);
        assertThat(unreadable.err()).contains("cannot be decrypted");
        assertThat(unreadable.json().findValuesAsText("problem")).contains("authentication_failed");
    }

    @Test
    void whyNobodyCanAskIsTold() throws Exception {
        String appleId = signIn("ended");
        world.newTracker("Waiting", 1, 2);
        world.simulator().accounts().expireSessions(appleId);
        Ended ended = world.tool("fetch", "Waiting", "--account", "ended");
        assertThat(ended.exitCode()).isEqualTo(ExitCode.LOGIN_NEEDED);
        assertThat(ended.err()).contains("could not be signed in again", "findmy tools login --account ended");
        Ended again = world.tool("fetch", "Waiting", "--account", "ended", "--quiet");
        assertThat(again.exitCode()).isEqualTo(ExitCode.LOGIN_NEEDED);
        assertThat(again.err().lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("No account can be used: account ended needs to sign in ("))
                .contains("Next step: findmy tools login --account ended");
    }

    @Test
    void nothingFoundAndWrongInputAreTold() throws Exception {
        Path unseen = world.newTag("Unseen", 1, 2, TagSpec::unseen);
        world.tool("trackers", "import", unseen.toString()).done();
        Ended nothing = world.tool("fetch", "Unseen", "--wait", "--json");
        assertThat(nothing.exitCode()).isEqualTo(ExitCode.NOTHING_FOUND);
        assertThat(nothing.json()).isEmpty();
        Ended unknown = world.tool("fetch", "Unsean");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(unknown.err()).contains("There is no tracker named 'Unsean'; nearest: ", "Unseen");
        assertThat(world.tool("fetch").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(world.tool("fetch", "Unseen", "--days", "0").err()).contains("--days is 0");
        Ended unreadable = world.tool("fetch", "--key-file", "/no/such.keys", "--no-store");
        assertThat(unreadable.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(unreadable.err()).contains("/no/such.keys", "the file does not exist");
        Ended partly = world.tool(
                "fetch",
                "--key-file",
                unseen.toString(),
                "/no/such.keys",
                "--no-store",
                "--account",
                ToolWorld.ACCOUNT);
        assertThat(partly.exitCode()).isEqualTo(ExitCode.PARTLY_FAILED);
    }
}
