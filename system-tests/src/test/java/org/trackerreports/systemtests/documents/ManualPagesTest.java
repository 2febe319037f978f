package org.trackerreports.systemtests.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trackerreports.demo.DemoMain;
import org.trackerreports.fetcher.FetcherMain;
import org.trackerreports.simulator.SimulatorMain;
import org.trackerreports.testsupport.JavaCommand;
import org.trackerreports.testsupport.TestProcess;

/** The manual pages that a person wrote; those of the tools are made from their help. */
class ManualPagesTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path PAGES = ROOT.resolve("distribution/src/man");

    /** Of the usage of ./findmy, the part that is the same in a checkout and in the packages. */
    private static final Pattern USAGE = Pattern.compile("(?s)Usage: .name COMMAND.*?\nTEXT\n");

    private static final Pattern COMMAND = Pattern.compile("(?m)^  ([a-z]+) ");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z0-9-]*");

    /** A program, with the words that show the help of each of its commands. */
    record Program(String page, Class<?> main, List<List<String>> commands) {

        @Override
        public String toString() {
            return page;
        }
    }

    static Stream<Program> programs() {
        return Stream.of(
                new Program(
                        "findmy-fetcher",
                        FetcherMain.class,
                        List.of(List.of(), List.of("config", "check"), List.of("healthcheck"))),
                new Program("findmy-demo", DemoMain.class, List.of(List.of())),
                new Program("findmy-simulator", SimulatorMain.class, List.of(List.of())));
    }

    @Test
    void everyCommandOfThePackagesHasAPage() throws IOException {
        String usage = USAGE.matcher(Files.readString(ROOT.resolve("findmy")))
                .results()
                .map(MatchResult::group)
                .findFirst()
                .orElseThrow();
        Set<String> commands = COMMAND.matcher(usage)
                .results()
                .map(command -> "findmy-" + command.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> pages = programs().map(Program::page).collect(Collectors.toCollection(TreeSet::new));
        pages.add("findmy-tools");
        assertThat(commands).isEqualTo(pages);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void aPageHasEveryOptionOfTheHelpAndNoOther(Program program) throws IOException {
        Set<String> inTheHelp = new TreeSet<>();
        for (List<String> command : program.commands()) {
            inTheHelp.addAll(options(help(program.main(), command)));
        }
        // Whoever asks for it knows it, so not every help has it.
        inTheHelp.add("--help");
        // Arguments for the configuration, which the help names as examples, have a list of their own.
        inTheHelp.removeAll(Set.of("--anisette-server", "--data-dir", "--roles"));
        Set<String> onThePage =
                options(Files.readString(PAGES.resolve(program.page() + ".1")).replace("\\-", "-"));
        onThePage.removeAll(Set.of("--anisette-server", "--data-dir", "--roles"));
        assertThat(inTheHelp).hasSizeGreaterThan(1);
        assertThat(onThePage).isEqualTo(inTheHelp);
    }

    private static Set<String> options(String text) {
        return OPTION.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String help(Class<?> program, List<String> command) {
        String[] words = Stream.concat(command.stream(), Stream.of("--help")).toArray(String[]::new);
        TestProcess.Result result = TestProcess.run(
                new ProcessBuilder(JavaCommand.ofClass(List.of("-XX:TieredStopAtLevel=1"), program, words)),
                "",
                Duration.ofMinutes(1));
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.out();
    }
}
