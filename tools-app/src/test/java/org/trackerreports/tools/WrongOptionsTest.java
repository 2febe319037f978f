package org.trackerreports.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trackerreports.core.config.Option;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.tools.command.CommandContext;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A value that an option does not take is told before anything is opened, in two lines: what was found and what is expected, and where help
 * is. The servers of the configuration accept connections and never answer, so a command that asks one does not end with a usage error.
 */
class WrongOptionsTest {

    private static final Set<String> CONFIGURATION =
            Options.ALL.stream().map(Option::argument).collect(Collectors.toSet());

    /** Options whose values are of any form: names of accounts, trackers and files, texts, and what the service knows. */
    private static final Set<String> ANY_TEXT = Set.of(
            "--config",
            "--canary",
            "--username",
            "--password-file",
            "--code-file",
            "--passphrase-file",
            "--session",
            "--key-file",
            "--new-key-file",
            "--output",
            "--phone",
            "--remove",
            "--place",
            "--new-name",
            "--payload");

    /** Each: a command, an option of it, a wrong value, and what is said to be right. */
    private static final List<String> CASES = List.of(
            "latest|--min-confidence|9|0 to 3",
            "latest|--min-confidence|-1|0 to 3",
            "history Bike|--min-confidence|9|0 to 3",
            "gaps Bike|--min-confidence|high|whole number",
            "export Bike --format csv|--min-confidence|4|0 to 3",
            "map Bike -o FOLDER/a.html|--min-confidence|9|0 to 3",
            "history Bike|--zone|Berlin|Europe/Berlin",
            "gaps Bike|--zone|Berlin|Europe/Berlin",
            "export Bike --format csv|--zone|Berlin|Europe/Berlin",
            "map Bike -o FOLDER/a.html|--zone|Berlin|Europe/Berlin",
            "history Bike|--from|soon|7d",
            "history Bike|--from|999999w ago ago|7d",
            "gaps Bike|--to|2026-13-01|yesterday",
            "export Bike --format csv|--to|tomorrow|yesterday",
            "map Bike -o FOLDER/a.html|--from|31.12.2025|2026-",
            "history Bike --to 2026-01-01|--from|2026-02-01|an earlier --from",
            "map Bike -o FOLDER/a.html|--tiles|foo|https://host/{z}/{x}/{y}.png",
            "map Bike -o FOLDER/a.html|--tiles|https://tiles.example.com|has no {z}",
            "history Bike|--by|week|raw, hour, day",
            "map Bike -o FOLDER/a.html|--by|week|raw, hour, day",
            "latest|--flags|some|without, with, only",
            "history Bike|--flags|some|without, with, only",
            "gaps Bike|--flags|some|without, with, only",
            "export Bike --format csv|--flags|some|without, with, only",
            "map Bike -o FOLDER/a.html|--flags|some|without, with, only",
            "fetch Bike|--flags|some|without, with, only",
            "accuracy Bike|--flags|some|without, with, only",
            "gaps Bike|--gap-hours|0|1 or more",
            "export Bike --format csv|--gap-hours|0|1 or more",
            "export Bike|--format|xls|csv, geojson, geojsonl, gpx, kml",
            "trackers export Bike|--format|xls|findmy",
            "fetch Bike|--days|0|1 to 30",
            "accuracy Bike|--days|31|1 to 30",
            "compare Bike|--days|week|whole number",
            "keys generate|--count|0|1 to ",
            "keys generate|--count|99999999|1 to ",
            "keys generate|--name| |such as tag",
            "keys inspect FOLDER/a.keys|--at-index|-1|from 0 to ",
            "keys inspect FOLDER/a.keys|--at-index|a|whole number",
            "report decrypt --key-file FOLDER/a.keys --payload AAAA|--at-index|-1|from 0 to ",
            "login|--account| |such as main",
            "login --account main|--second-factor|pigeon|sms, trusted-device",
            "plan|--trackers|-1|0 to 1000000000",
            "plan|--trackers|9223372036854775807|0 to 1000000000",
            "plan|--accessories|-1|0 to 1000000000",
            "plan|--keys-per-tag|0|1 to 1000000000",
            "plan|--accounts|0|1 to 1000000000",
            "plan|--within|soon|12h",
            "plan|--within|0|12h",
            "plan|--within|99999999999999999999d|12h",
            "db retention preview|--keep-reports|0|1 to ",
            "db retention preview|--keep-reports|9223372036854775807|1 to ",
            "db retention preview|--keep-reports|10|minimum is 30",
            "db retention apply|--keep-reports|10|minimum is 30",
            "db retention preview --keep-reports 400|--keep-hours|100|at least as long",
            "db retention apply --keep-reports 400|--keep-hours|-1|1 to ",
            "trackers list|--label|blue|KEY=VALUE",
            "latest|--label|blue|KEY=VALUE",
            "fetch|--label|blue|KEY=VALUE",
            "trackers label Bike|--set|blue|KEY=VALUE",
            "places add Home --lon=1 --radius=100|--lat|north|a number",
            "places add Home --lat=1 --radius=100|--lon|east|a number",
            "places add Home --lat=1 --lon=1|--radius|wide|a number",
            "places add Home --lat=1 --lon=1 --radius=100|--confirm|two|whole number",
            "places add Home --lat=1 --lon=1 --radius=100|--dwell|soon|10m",
            "places edit Home|--max-lag|soon|10m",
            "sinks replay hook|--since|soon|7d",
            "sinks replay hook|--from|812|812-3",
            "export Bike --format csv|--what|trips|reports, stays, transitions",
            "explain Bike|--report|soon|7d",
            "tokens add phone|--scope|write|read, places, admin",
            "tokens add phone --scope read|--expires|soon|2026-",
            "tokens add phone --scope read|--label|blue|KEY=VALUE",
            "db grant web|--for|fetch|serve, move, deliver",
            "trackers import FOLDER/a.keys|--rename|Bike|NAME=NEW-NAME",
            "trackers import FOLDER/a.keys|--rename|Bike= |not empty");

    private static ServerSocket silent;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void listen() throws IOException {
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterAll
    static void close() throws IOException {
        silent.close();
    }

    private static Stream<Arguments> cases() {
        return CASES.stream().map(line -> Arguments.of((Object[]) line.split("\\|")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aWrongValueIsToldWithWhatIsRight(String command, String option, String value, String right) {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.replaceAll(word -> word.replace("FOLDER", folder.toString()));
        arguments.add(option + "=" + value);
        int exitCode = run(arguments);
        assertThat(exitCode).as(err.toString()).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().lines()).as(err.toString()).hasSize(2);
        String told = err.toString().lines().findFirst().orElseThrow();
        assertThat(told).contains(option, right);
        assertThat(told.replaceAll("\\{[xyz]}", "")).doesNotContainPattern(EveryTroubleTest.INSIDE);
        assertThat(err.toString()).contains("\nHelp: findmy tools ").endsWith(" --help\n");
        assertThat(out.toString()).isEmpty();
    }

    /** A command that needs trackers, and one that gets them in two ways, says so before it opens anything. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "history",
                "gaps",
                "export --format csv",
                "map -o x.html",
                "fetch",
                "accuracy",
                "compare",
                "trackers export",
                "trackers label --set a=b",
                "trackers enable",
                "trackers disable",
                "trackers remove",
                "queue show",
                "queue requeue",
                "queue pause",
                "queue resume",
                "db redecrypt"
            })
    void withoutTrackersNothingIsOpened(String command) {
        assertThat(run(List.of(command.split(" ")))).as(err.toString()).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().lines()).hasSize(2);
        assertThat(err.toString()).contains("--label KEY=VALUE", "--all", "Help: findmy tools");
        err.getBuffer().setLength(0);
        List<String> twice = new ArrayList<>(List.of(command.split(" ")));
        twice.addAll(List.of("Bike", "--all"));
        assertThat(run(twice)).as(err.toString()).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("Give only one of");
    }

    /** Whoever adds an option with a range or a form adds a wrong value of it here. */
    @Test
    void everyOptionThatDoesNotTakeEveryTextIsTried() {
        Set<String> tried = CASES.stream().map(line -> line.split("\\|")[1]).collect(Collectors.toSet());
        Set<String> untried = new TreeSet<>();
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        collect(Tools.commandLine(CommandContext.ofScript(Map.of(), nowhere, nowhere)), untried);
        untried.removeAll(tried);
        untried.removeAll(ANY_TEXT);
        untried.removeAll(CONFIGURATION);
        assertThat(untried).isEmpty();
    }

    private static void collect(CommandLine line, Set<String> found) {
        line.getCommandSpec().options().stream()
                .filter(option -> !option.hidden() && option.arity().max() > 0)
                .map(OptionSpec::longestName)
                .forEach(found::add);
        line.getSubcommands().values().forEach(command -> collect(command, found));
    }

    /** What the two configuration checks and the daemon say; and who asks with a session in a file, without a daemon. */
    @Test
    void aRequestRateThatGetsAccountsBannedIsSaid() throws Exception {
        Path keys =
                Files.writeString(folder.resolve("a.keys"), "Private key: Rjh3iCif9EtMn7sPeI4MsLWh3I4K1MTSlvCMSQ==\n");
        for (List<String> command : List.of(
                List.of("config", "check"),
                List.of(
                        "fetch",
                        "--key-file",
                        keys.toString(),
                        "--session",
                        folder.resolve("none").toString(),
                        "--no-store"))) {
            run(command);
            assertThat(err.toString()).as("%s", command).doesNotContain("WARNING");
            err.getBuffer().setLength(0);
            List<String> risky = new ArrayList<>(command);
            risky.addAll(List.of("--fetch-interval", "1", "--max-requests-per-day", "50000"));
            run(risky);
            assertThat(err.toString())
                    .as("%s", command)
                    .contains("WARNING: your Apple accounts can be banned")
                    .contains("FETCH_INTERVAL is 1.0 s and MAX_REQUESTS_PER_DAY is 50000");
            err.getBuffer().setLength(0);
        }
    }

    private int run(List<String> arguments) {
        String port = Integer.toString(silent.getLocalPort());
        Map<String, String> environment = new HashMap<>(Map.of(
                "DATA_DIR",
                folder.resolve("data").toString(),
                "MASTER_KEY",
                "Rjh3iCif9EtMn7sPeI4MsLWh3I4K1MTSlvCMSQAAAAA=",
                "DB_HOST",
                "127.0.0.1",
                "DB_PORT",
                port,
                "DB_PASSWORD",
                "secret",
                "REDIS_URL",
                "redis://:secret@127.0.0.1:" + port,
                "ANISETTE_SERVER",
                "http://127.0.0.1:" + port));
        return Tools.run(environment, new PrintWriter(out), new PrintWriter(err), arguments.toArray(String[]::new));
    }
}
