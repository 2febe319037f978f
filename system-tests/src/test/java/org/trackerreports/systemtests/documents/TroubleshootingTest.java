package org.trackerreports.systemtests.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.queue.RedisProblem;
import org.trackerreports.systemtests.documents.SourceMessages.Site;

/** The page about troubles has each message that a person can meet, as the sources have it, and no other. */
class TroubleshootingTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final List<String> MODULES = List.of(
            "app-core",
            "fetcher-app",
            "findmy-client",
            "position-server",
            "position-sinks",
            "report-store",
            "tools-app",
            "tracker-queue");

    private static final List<Site> SITES = List.of(
            new Site("", "problems", "add", 0),
            Site.constructor("IOException", 0),
            Site.constructor("StoreException", 0),
            Site.constructor("SinkFileException", 0),
            Site.constructor("ConfigurationException", 0),
            Site.constructor("Failure", 1),
            Site.constructor("CommandFailure", 1),
            Site.constructor("EmbeddedServersException", 0),
            Site.constructor("SchemaMismatchException", 0),
            Site.constructor("WrongMasterKeyException", 0),
            Site.constructor("AnisetteException", 0),
            Site.constructor("KeyFileProblem", 1),
            Site.constructor("UnusableEntryException", 0),
            new Site("", "result", "problem", 1),
            new Site("", "refused", "problem", 1),
            new Site("", "HealthCheck", "fail", 1),
            new Site("", "HealthCheck", "warn", 1),
            new Site("", "Finding", "fail", 0),
            new Site("", "Finding", "warn", 0),
            new Site("", "Answer", "problem", 1),
            new Site("", "Answer", "problem", 2),
            new Site("", "ProblemException", "badRequest", 0),
            new Site("", "ProblemException", "notFound", 0));

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`.+?`) \\| .+ \\|$");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @Test
    void thePageHasEachMessageAndNoOther() throws IOException {
        Set<String> onThePage = ROW.matcher(Files.readString(ROOT.resolve("docs/troubleshooting.md")))
                .results()
                .flatMap(row -> CODE.matcher(row.group(1)).results())
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> inTheSources = messages();
        assertThat(inTheSources).hasSizeGreaterThan(250);
        SoftAssertions.assertSoftly(softly -> {
            softly.assertThat(without(inTheSources, onThePage))
                    .as("messages that docs/troubleshooting.md lacks")
                    .isEmpty();
            softly.assertThat(without(onThePage, inTheSources))
                    .as("rows of docs/troubleshooting.md whose message no longer exists")
                    .isEmpty();
        });
    }

    private static Set<String> messages() throws IOException {
        SourceMessages sources = SourceMessages.of(ROOT, MODULES);
        return Stream.of(
                        SITES.stream().map(sources::at).flatMap(Collection::stream),
                        sources.returnedBy("message", "LoginOutcome.java").stream(),
                        sources.returnedBy("message", "FetchOutcome.java").stream(),
                        sources.returnedBy("unknown", "Mistakes.java").stream(),
                        sources.returnedBy("sentence", "CommandLineMistake.java").stream(),
                        Stream.of(LoginOutcome.Kind.values()).map(Enum::name),
                        Stream.of(FetchOutcome.Kind.values()).map(Enum::name),
                        Stream.of(RedisProblem.values()).map(RedisProblem::sentence))
                .flatMap(each -> each)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }
}
