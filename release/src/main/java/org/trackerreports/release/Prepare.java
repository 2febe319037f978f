package org.trackerreports.release;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Gives the project another version, and with it each library that changed since the last release; a library that did not change keeps the
 * version under which it was published. Everything that names a version follows. Runs from its source, with nothing but the JDK and git.
 */
public final class Prepare {

    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    private static final Pattern MODULE = Pattern.compile("<module>([^<]*)</module>");
    private static final Pattern ARTIFACT =
            Pattern.compile("(<artifactId>([a-z-]+)</artifactId>\\s*<version>)(\\d[^<]*)(</version>)");
    private static final Pattern COORDINATE = Pattern.compile("(org\\.trackerreports:([a-z-]+):)(\\d[\\w.-]*\\w)()");
    private static final Pattern PROPERTY = Pattern.compile("(<([a-z-]+)\\.version>)(\\d[^<]*)(</[a-z-]+\\.version>)");

    /** An image, an archive or a package: {@code findmy-fetcher:0.1.0}, {@code tracker-reports-0.1.0.tar.gz}, {@code findmy_0.1.0_all.deb}. */
    private static final Pattern PACKAGE =
            Pattern.compile("(\\b(?:findmy[a-z-]*[:_]|tracker-reports-))\\d+\\.\\d+\\.\\d+(?![\\d.]*\\d|-)");

    /** Stands, in what is published, for an address that is not decided yet; nobody can own a name that ends so (RFC 2606). */
    private static final String UNDECIDED = ".invalid";

    /** Makes the version of a rehearsal, which nobody gets. */
    private static final String REHEARSAL = "--rehearsal";

    private static final Pattern TIMESTAMP = Pattern.compile("(<project\\.build\\.outputTimestamp>)[^<]*");

    private final Path root;
    private final String version;
    private final LocalDate today;
    private final String rootPom;

    /** The folder of each module by its name. */
    private final Map<String, String> modules = new LinkedHashMap<>();

    /** The modules with a version of their own, those first that others depend on. */
    private final List<String> libraries;

    private Prepare(Path root, String version, LocalDate today) throws IOException {
        this.root = root;
        this.version = version;
        this.today = today;
        this.rootPom = Files.readString(root.resolve("pom.xml"));
        MODULE.matcher(rootPom).results().forEach(module -> {
            String folder = module.group(1);
            modules.put(folder.substring(folder.lastIndexOf('/') + 1), folder);
        });
        this.libraries = modules.keySet().stream()
                .filter(name -> rootPom.contains("<" + name + ".version>"))
                .toList();
    }

    /** Arguments: the version, and for a release the names of the libraries that get it, if the last release shall not decide. */
    public static void main(String[] arguments) throws IOException {
        System.exit(
                run(Path.of("").toAbsolutePath(), List.of(arguments), LocalDate.now(Clock.systemUTC()), System.out));
    }

    static int run(Path root, List<String> arguments, LocalDate today, PrintStream out) throws IOException {
        boolean rehearsal = arguments.contains(REHEARSAL);
        List<String> words =
                arguments.stream().filter(word -> !word.equals(REHEARSAL)).toList();
        if (words.isEmpty() || !VERSION.matcher(words.get(0)).matches()) {
            out.println("Usage: release/prepare VERSION [LIBRARY...] [--rehearsal], with a version such as 0.2.0 or"
                    + " 0.3.0-SNAPSHOT");
            return 2;
        }
        Prepare prepare = new Prepare(root, words.get(0), today);
        List<String> named = words.subList(1, words.size());
        if (!prepare.libraries.containsAll(named)) {
            out.println("Found " + named + "; expected some of " + prepare.libraries);
            return 2;
        }
        List<String> undecided = rehearsal ? List.of() : prepare.undecided();
        if (!undecided.isEmpty()) {
            undecided.forEach(out::println);
            out.println("Found addresses that end with " + UNDECIDED
                    + "; expected those that users shall see. Decide on them"
                    + " (docs/releasing.md, \"Before the first release\"), or rehearse with " + REHEARSAL + ".");
            return 1;
        }
        prepare.renewAll(prepare.versions(named, out));
        return 0;
    }

    /** The lines of what a release publishes whose address is not decided. */
    private List<String> undecided() throws IOException {
        List<String> lines = new ArrayList<>();
        if (!version.endsWith("-SNAPSHOT")) {
            for (String file : List.of("pom.xml", "distribution/src/deb/control/control")) {
                Files.readAllLines(root.resolve(file)).stream()
                        .filter(line -> line.contains(UNDECIDED))
                        .forEach(line -> lines.add(file + ": " + line.strip()));
            }
        }
        return lines;
    }

    /** The new version of each library. */
    private Map<String, String> versions(List<String> named, PrintStream out) {
        Optional<String> release = lastRelease();
        Map<String, String> versions = new LinkedHashMap<>();
        for (String library : libraries) {
            Optional<String> released = release.map(tag -> between(file(tag, "pom.xml"), library + ".version"))
                    .filter(found -> !found.isEmpty());
            boolean renewed = version.endsWith("-SNAPSHOT")
                    || released.isEmpty()
                    || (named.isEmpty() ? changed(library, release.orElseThrow(), versions) : named.contains(library));
            versions.put(library, renewed ? version : released.orElseThrow());
            out.printf("%-18s %s%n", library, renewed ? version : released.orElseThrow() + ", as published");
        }
        return versions;
    }

    /** Whether users of the library get anything else than in the last release: its files, what it depends on, or the versions of that. */
    private boolean changed(String library, String release, Map<String, String> versions) {
        String pom = modules.get(library) + "/pom.xml";
        List<String> now = passedOn(file("", pom));
        return !git("diff", "--name-only", release, "--", modules.get(library) + "/src/main")
                        .isBlank()
                || !now.equals(passedOn(file(release, pom)))
                || !managed(rootPom, now).equals(managed(file(release, "pom.xml"), now))
                || now.stream().anyMatch(used -> version.equals(versions.get(between(used, "artifactId"))));
    }

    /** The dependencies that a library passes on to its users. */
    private static List<String> passedOn(String pom) {
        return dependencies(pom)
                .filter(dependency -> !between(dependency, "scope").matches("test|provided"))
                .toList();
    }

    /** The versions that the parent gives to dependencies: by name, or by a bill of materials of their group. */
    private static List<String> managed(String parent, List<String> used) {
        return dependencies(parent)
                .filter(managed -> used.stream().anyMatch(dependency -> isFor(managed, dependency)))
                .filter(managed -> !between(managed, "groupId").equals("org.trackerreports"))
                .map(managed -> between(managed, "artifactId") + " " + resolve(parent, between(managed, "version")))
                .toList();
    }

    private static boolean isFor(String managed, String dependency) {
        return between(managed, "scope").equals("import")
                ? (between(dependency, "groupId") + ".").startsWith(between(managed, "groupId") + ".")
                : between(managed, "artifactId").equals(between(dependency, "artifactId"));
    }

    private static Stream<String> dependencies(String pom) {
        return Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL)
                .matcher(pom)
                .results()
                .map(found -> found.group(1));
    }

    /** The value of a property such as {@code ${jetty.version}}. */
    private static String resolve(String pom, String value) {
        return value.startsWith("${") ? between(pom, value.substring(2, value.length() - 1)) : value;
    }

    /** The text of the first element of a name, or nothing. */
    private static String between(String xml, String element) {
        Matcher found =
                Pattern.compile("<" + Pattern.quote(element) + ">([^<]*)<").matcher(xml);
        return found.find() ? found.group(1).strip() : "";
    }

    private void renewAll(Map<String, String> versions) throws IOException {
        for (String file : git("ls-files", "-co", "--exclude-standard").lines().toList()) {
            Path path = root.resolve(file);
            if (!file.matches("(.*/)?([^/]*\\.(xml|md|ya?ml)|Dockerfile)")
                    || file.contains("src/test/")
                    || !Files.exists(path)) {
                continue;
            }
            String text = Files.readString(path);
            String renewed = file.equals("CHANGELOG.md") ? changelog(text) : renew(text, versions);
            if (!renewed.equals(text)) {
                Files.writeString(path, renewed);
            }
        }
    }

    private String renew(String text, Map<String, String> versions) {
        String renewed = text;
        for (Pattern pattern : List.of(ARTIFACT, COORDINATE, PROPERTY)) {
            renewed = replace(
                    pattern,
                    renewed,
                    found -> versionOf(found.group(2), versions)
                            .map(newer -> found.group(1) + newer + found.group(4))
                            .orElse(found.group()));
        }
        if (!version.endsWith("-SNAPSHOT")) {
            // Packages and the time of all files in the jars are those of releases.
            renewed = replace(PACKAGE, renewed, found -> found.group(1) + version);
            renewed = replace(TIMESTAMP, renewed, found -> found.group(1) + today + "T00:00:00Z");
        }
        return renewed;
    }

    private Optional<String> versionOf(String artifact, Map<String, String> versions) {
        boolean ofProject = modules.containsKey(artifact)
                || Set.of("tracker-report-fetching", "tracker-reports-bom").contains(artifact);
        return Optional.ofNullable(versions.get(artifact))
                .or(() -> ofProject ? Optional.of(version) : Optional.empty());
    }

    private String changelog(String text) {
        if (!version.endsWith("-SNAPSHOT")) {
            return text.replaceFirst("(?m)^## Unreleased$", "## " + version + " - " + today);
        }
        return text.contains("\n## Unreleased\n") ? text : text.replaceFirst("(?m)^## ", "## Unreleased\n\n## ");
    }

    private static String replace(Pattern pattern, String text, Function<MatchResult, String> replacement) {
        return pattern.matcher(text).replaceAll(found -> Matcher.quoteReplacement(replacement.apply(found)));
    }

    /** The tag of the last release before the present commit. */
    private Optional<String> lastRelease() {
        return git("tag", "--merged", "HEAD", "--sort=-version:refname", "--list", "v[0-9]*")
                .lines()
                .findFirst();
    }

    /** A file as it was at a tag, or as it is now. */
    private String file(String tag, String path) {
        try {
            return tag.isEmpty() ? Files.readString(root.resolve(path)) : git("show", tag + ":" + path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(root.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("failed: " + String.join(" ", command));
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
