package org.trackerreports.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trackerreports.core.config.Option;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.text.TextTable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

class ToolsTest {

    /** The texts of the commands. */
    private static final ResourceBundle HELP = ResourceBundle.getBundle("org.trackerreports.tools.help");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void everyCommandExplainsItselfWithAnExampleAndItsOwnOptions() {
        for (String command : commands().keySet()) {
            assertThat(help(command + " --help"))
                    .as(command)
                    .contains("Example", "findmy tools " + command, "--help-all", "findmy tools help config")
                    .doesNotContain("--heartbeat-timeout", "--fetch-interval")
                    .endsWith("\n");
            assertThat(help("help " + command)).isEqualTo(help(command + " --help"));
            assertThat(help(command + " --help-all"))
                    .as(command)
                    .contains("Example", "--config", "--data-dir", "FETCH_INTERVAL")
                    .doesNotContain("--db-password", "--master-key", "--redis-url");
        }
        assertThat(help("latest --help").lines())
                .as("those of the configuration were a hundred lines")
                .hasSizeLessThan(30);
    }

    @Test
    void theOptionsOfTheConfigurationAreInTheHelpOfConfig() {
        for (String words : List.of("help config", "config --help", "config check --help-all")) {
            String text = help(words);
            assertThat(Options.ALL)
                    .as(words)
                    .allSatisfy(option -> assertThat(text.contains("(" + option.name() + ")"))
                            .as(option.name())
                            .isEqualTo(!option.secret()));
        }
    }

    private String help(String words) {
        out.getBuffer().setLength(0);
        assertThat(run(words.split(" "))).as(words).isEqualTo(ExitCode.DONE);
        return out.toString();
    }

    /** Groups of commands, too: the first sentence stands in lists and on manual pages alone, and an example is to be copied. */
    @Test
    void everyHelpBeginsWithASentenceAndItsExamplesFitIntoATerminal() {
        allCommands().forEach((words, command) -> {
            String[] description = command.getCommandSpec().usageMessage().description();
            assertThat(description[0]).as(words).matches("\\p{Lu}.*\\.");
            assertThat(command.getUsageMessage(CommandLine.Help.Ansi.OFF)).contains("Example");
            for (String footer : command.getCommandSpec().usageMessage().footer()) {
                assertThat(footer.length()).as(footer).isLessThanOrEqualTo(80);
            }
            out.getBuffer().setLength(0);
            assertThat(run((words + " --version").strip().split(" "))).isEqualTo(ExitCode.DONE);
            assertThat(out.toString()).as(words).startsWith("findmy tools ");
        });
    }

    @Test
    void everyCommandHasItsDescriptionAndExampleInTheBundle() {
        allCommands().forEach((words, command) -> {
            CommandSpec spec = command.getCommandSpec();
            UsageMessageSpec usage = spec.usageMessage();
            assertThat(texts(spec, "usage.description")).as(words).isEqualTo(List.of(usage.description()));
            assertThat(texts(spec, "usage.footer"))
                    .as(words)
                    .isEqualTo(List.of(usage.footer()))
                    .anyMatch(line -> line.startsWith("Example"));
        });
    }

    @Test
    void everyOptionAndParameterHasADescription() {
        allCommands()
                .forEach((words, command) -> assertThat(command.getCommandSpec().args())
                        .as(words)
                        .allSatisfy(each -> assertThat(each.description())
                                .as(each.toString())
                                .isNotEmpty()));
    }

    @Test
    void theBundleHasNoTextThatNoCommandShows() {
        Set<String> used = new TreeSet<>(Set.of("usage.footerHeading"));
        allCommands().values().stream().map(CommandLine::getCommandSpec).forEach(command -> {
            used.addAll(keys(command, "usage.description"));
            used.addAll(keys(command, "usage.footer"));
            command.options()
                    .forEach(option -> Stream.of(option.names())
                            .forEach(name -> used.addAll(keys(command, name.replaceFirst("^-+", "")))));
            command.positionalParameters()
                    .forEach(each -> used.addAll(keys(command, each.paramLabel() + "[" + each.index() + "]")));
        });
        assertThat(HELP.keySet()).isEqualTo(used);
    }

    /** The same words everywhere: an option that means the same has the same name, and the other way round. Old names are hidden. */
    @Test
    void oneMeaningHasOneNameAndOneNameHasOneMeaning() {
        // What is done, written or read differs with the command.
        Set<String> ofTheCommand = Set.of(
                "--yes",
                "--dry-run",
                "--output",
                "--format",
                "--account",
                "--code-file",
                "--key-file",
                "--at-index",
                "--from");
        Set<String> common = Options.ALL.stream().map(Option::argument).collect(Collectors.toSet());
        SortedMap<String, Set<String>> meanings = new TreeMap<>();
        SortedMap<String, Set<String>> names = new TreeMap<>();
        commands().forEach((words, command) -> {
            for (OptionSpec option : command.getCommandSpec().options()) {
                if (option.hidden() || common.contains(option.longestName())) {
                    continue;
                }
                assertThat(option.names())
                        .as(words)
                        .filteredOn(name -> name.startsWith("--"))
                        .hasSize(1);
                String meaning = String.join(" ", option.description());
                meanings.computeIfAbsent(option.longestName(), unused -> new TreeSet<>())
                        .add(meaning);
                names.computeIfAbsent(meaning, unused -> new TreeSet<>()).add(option.longestName());
            }
        });
        assertThat(meanings).hasSizeGreaterThan(40).allSatisfy((name, texts) -> {
            if (!ofTheCommand.contains(name)) {
                assertThat(texts).as(name).hasSize(1);
            }
        });
        assertThat(names)
                .allSatisfy((meaning, given) -> assertThat(given).as(meaning).hasSize(1));
    }

    @ParameterizedTest
    @CsvSource({
        "keys generate --out /dev/null/x, /dev/null/x",
        "man --directory /dev/null/x, /dev/null/x",
        "gaps --all --longer-than 0, --gap-hours is 0"
    })
    void namesOfTheFirstVersionStillWorkAndAreNotShown(String line, String told) {
        assertThat(run(line.split(" "))).isNotEqualTo(ExitCode.DONE);
        assertThat(err.toString()).contains(told);
        String command = line.substring(0, line.indexOf(" --"));
        assertThat(help(command + " --help")).doesNotContain("--out,", "--out=", "--directory", "--longer-than");
    }

    private static List<String> texts(CommandSpec command, String name) {
        return keys(command, name).stream().map(HELP::getString).toList();
    }

    /** The keys of a text of a command: that of the only line, or those of numbered lines up to the first number that is missing. */
    private static List<String> keys(CommandSpec command, String name) {
        String key = command.qualifiedName(".") + "." + name;
        if (HELP.containsKey(key)) {
            return List.of(key);
        }
        return IntStream.iterate(0, number -> HELP.containsKey(key + "." + number), number -> number + 1)
                .mapToObj(number -> key + "." + number)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "export Bike | --format | export",
                "latest --min-confidence high | 'high' | latest",
                "history Bike --by week | raw, hour, day | history",
                "latest --from 3d | no option --from | latest",
                "latest --min-confidenze=3 | nearest: --min-confidence | latest",
                "latest --db-hst=x | nearest: --db-host | latest",
                "keys generate --outpt x | nearest: --output | keys generate",
                "explain Bike Van | 'Van' is not expected here | explain",
                "lates | nearest: latest | ",
                "queue stats | nearest: status | queue",
                "help lates | nearest: latest | "
            })
    void aMistakeIsToldInTwoLines(String line, String told, @Nullable String command) {
        assertThat(run(line.split(" "))).isEqualTo(ExitCode.USAGE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines()).hasSize(2);
        assertThat(err.toString().lines().findFirst().orElseThrow()).contains(told);
        assertThat(err.toString())
                .endsWith("Help: findmy tools " + (command == null ? "" : command + " ") + "--help\n");
    }

    @Test
    void aGroupOfCommandsWithoutACommandListsThem() {
        assertThat(run("queue")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("status", "requeue", "verify");
    }

    /** Messages of every module and the help tell people what to type. */
    @Test
    void everyCommandThatAMessageNamesIsThere() throws IOException {
        Set<String> commands = commands().keySet();
        Set<String> all = allCommands().keySet();
        Pattern mention = Pattern.compile("findmy[- ]tools ((?:[a-z][a-z-]* ?){1,3})");
        SortedSet<String> named = new TreeSet<>();
        for (Path file : sources()) {
            // A message that is too long for a line is put together from parts.
            String text = Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", "");
            mention.matcher(text)
                    .results()
                    .forEach(each -> named.add(each.group(1).strip()));
        }
        assertThat(named)
                .hasSizeGreaterThan(40)
                .allMatch(words -> all.contains(words)
                        || commands.stream().anyMatch(each -> (words + " ").startsWith(each + " ")));
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            return files.filter(file ->
                            file.toString().matches(".*/src/main/(java/.*\\.java|resources/.*/help\\.properties)"))
                    .toList();
        }
    }

    /** Every command and every group of them by its words; the whole program by none. */
    private SortedMap<String, CommandLine> allCommands() {
        SortedMap<String, CommandLine> found = new TreeMap<>();
        CommandLine all =
                Tools.commandLine(CommandContext.ofScript(Map.of(), new PrintWriter(out), new PrintWriter(err)));
        found.put("", all);
        collectAll("", all, found);
        return found;
    }

    private static void collectAll(String words, CommandLine line, SortedMap<String, CommandLine> found) {
        line.getSubcommands().forEach((name, command) -> {
            found.put(words + name, command);
            collectAll(words + name + " ", command, found);
        });
    }

    @Test
    void everyCommandIsInTheReferenceAndSoAreTheFieldsOfThoseThatRead() throws IOException {
        String[] reference = Files.readString(Path.of("README.md")).split("Fields with `--json`", 2);
        commands().forEach((name, command) -> {
            assertThat(reference[0]).containsPattern("`" + name + "[ `]");
            if (command.getCommandSpec().findOption("--json") != null) {
                assertThat(reference[1]).containsPattern("`" + name + "[ `]");
            }
        });
    }

    /** The commands that do something, by all their words. */
    private SortedMap<String, CommandLine> commands() {
        SortedMap<String, CommandLine> found = new TreeMap<>();
        collect(
                "",
                Tools.commandLine(CommandContext.ofScript(Map.of(), new PrintWriter(out), new PrintWriter(err))),
                found);
        assertThat(found).hasSizeGreaterThan(40);
        return found;
    }

    private static void collect(String words, CommandLine line, SortedMap<String, CommandLine> found) {
        line.getSubcommands().forEach((name, command) -> {
            if (command.getSubcommands().isEmpty()) {
                found.put(words + name, command);
            } else {
                collect(words + name + " ", command, found);
            }
        });
    }

    @Test
    void theListOfCommandsNamesThemAndTheExitCodes() {
        assertThat(run("--help")).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).contains("login", "accounts", "trackers", "fetch", "latest", "db", "Exit codes");
        assertThat(run("--version")).isEqualTo(ExitCode.DONE);
    }

    @Test
    void tablesAreAsWideAsTheirWidestCells() {
        TextTable table = new TextTable("TRACKER", "CITY");
        table.row("Kühlbox", "Zürich, CH");
        table.row("B", "-");
        table.print(new PrintWriter(out, true));
        assertThat(out.toString().lines()).containsExactly("TRACKER  CITY", "Kühlbox  Zürich, CH", "B        -");
    }

    private int run(String... arguments) {
        return Tools.run(Map.of(), new PrintWriter(out), new PrintWriter(err), arguments);
    }
}
