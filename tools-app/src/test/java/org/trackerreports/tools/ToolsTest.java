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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.text.TextTable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

class ToolsTest {

    /** The texts of the commands. */
    private static final ResourceBundle HELP = ResourceBundle.getBundle("org.trackerreports.tools.help");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void everyCommandExplainsItselfWithAnExampleAndTheOptions() {
        for (String command : commands().keySet()) {
            out.getBuffer().setLength(0);
            assertThat(run((command + " --help").split(" "))).isEqualTo(ExitCode.DONE);
            assertThat(out.toString())
                    .as(command)
                    .contains("Example", "findmy tools " + command, "--data-dir", "--config")
                    .doesNotContain("--db-password", "--master-key", "--redis-url");
        }
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

    @Test
    void aMistakeIsToldInAFewLinesWithoutAllOptions() {
        assertThat(run("export", "Bike")).isEqualTo(ExitCode.USAGE);
        assertThat(run("latest", "--min-confidence", "high")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().lines())
                .hasSizeLessThan(6)
                .anyMatch(line -> line.contains("--format"))
                .anyMatch(line -> line.contains("'high'"))
                .contains("Help: findmy tools export --help", "Help: findmy tools latest --help");
        err.getBuffer().setLength(0);
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
    void aCommandThatIsNotThereIsAUsageErrorThatNamesTheNearest() {
        assertThat(run("lates")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("latest");
        assertThat(out.toString()).isEmpty();
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
