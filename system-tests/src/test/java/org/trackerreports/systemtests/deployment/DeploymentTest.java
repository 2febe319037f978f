package org.trackerreports.systemtests.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trackerreports.testsupport.JavaCommand;
import org.trackerreports.testsupport.TestProcess;

/** What of examples/deployment can be checked without a container engine. */
class DeploymentTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path DEPLOYMENT = ROOT.resolve("examples/deployment");
    private static final Path JAVA_OPTIONS =
            ROOT.resolve("fetcher-app/src/main/resources/org/trackerreports/fetcher/fetcher-java.options");
    private static final Pattern DOCUMENTED_OPTION = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\| `");
    private static final Pattern METRIC = Pattern.compile("trackerreports_[a-z_]+");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"findmy-fetcher.service", "findmy-fetcher@.service"})
    void eachUnitIsVerifiedBySystemd(String name) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "systemd-analyze is not installed");
        String unit = read("systemd/" + name);
        Path copy = Files.writeString(
                directory.resolve(name.replace("@", "@serve")),
                unit.replace("ExecStart=findmy", "ExecStart=" + ROOT.resolve("findmy")));
        TestProcess.Result verified = run(
                directory, "/usr/bin/systemd-analyze", "verify", "--man=no", "--recursive-errors=no", copy.toString());
        assertThat(verified.out().lines().filter(line -> line.contains("findmy-fetcher")))
                .isEmpty();
        assertThat(unit)
                .contains(
                        "Type=notify",
                        "WatchdogSec=",
                        "SuccessExitStatus=143",
                        "ProtectSystem=strict",
                        "KillMode=mixed");
    }

    /** The unit of one role closes what the other one closes. */
    @Test
    void theUnitsDifferInTheRoleOnly() throws IOException {
        List<String> all = read("systemd/findmy-fetcher.service").lines().toList();
        List<String> role =
                new ArrayList<>(read("systemd/findmy-fetcher@.service").lines().toList());
        assertThat(role)
                .containsAll(all.stream()
                        .filter(line -> !line.startsWith("Description="))
                        .toList());
        role.removeAll(all);
        role.removeIf(line -> line.startsWith("#") || line.startsWith("Description="));
        assertThat(role)
                .containsExactly(
                        "Conflicts=findmy-fetcher.service",
                        "Environment=ROLES=%i",
                        "EnvironmentFile=-/etc/findmy/%i.env");
    }

    /** Java itself would not tell of a misspelt one, because older versions may not know all of them. */
    @Test
    void javaKnowsEachOptionOfTheDaemon() throws Exception {
        TestProcess.Result flags =
                run(directory, JavaCommand.program("java"), "@" + JAVA_OPTIONS, "-XX:+PrintFlagsFinal", "-version");
        assertThat(flags.exitCode()).as(flags.out()).isZero();
        List<String> used = flags.out()
                .lines()
                .filter(line -> line.contains("{command line}"))
                .map(line -> line.strip().split("\\s+")[1])
                .toList();
        List<String> named = Pattern.compile("(?m)^\"?-XX:[+-]?(\\w+)")
                .matcher(Files.readString(JAVA_OPTIONS))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(named).hasSizeGreaterThan(5);
        assertThat(used).containsAll(named);
    }

    /** Its exit code must not be one of those after which systemd lets it be. */
    @Test
    void aDaemonWithoutMemoryIsStartedAgain() throws Exception {
        List<String> command = JavaCommand.ofClass(List.of("@" + JAVA_OPTIONS, "-Xmx32m"), Hungry.class);
        int exitCode = run(directory, command.toArray(String[]::new)).exitCode();
        assertThat(exitCode).as("killed").isEqualTo(137);
        assertThat(read("systemd/findmy-fetcher.service"))
                .contains("Restart=on-failure", "RestartPreventExitStatus=2 3");
    }

    /** Runs out of memory in another thread than that of {@code main}, as a daemon does. */
    private static final class Hungry {
        public static void main(String... arguments) {
            new Thread(() -> {
                        List<byte[]> eaten = new ArrayList<>();
                        while (true) {
                            eaten.add(new byte[1 << 20]);
                        }
                    })
                    .start();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "container/compose.yaml",
                "container/prometheus.yml",
                "container/alerts.yml",
                "container/grafana/provisioning.yml",
                "container/grafana/dashboards.yml",
                "kubernetes/config.yaml",
                "kubernetes/findmy.yaml",
                "kubernetes/migrate.yaml"
            })
    void eachYamlFileCanBeReadAndNamesFixedVersions(String name) throws IOException {
        List<JsonNode> documents = documents(name);
        assertThat(documents).isNotEmpty().allMatch(JsonNode::isObject);
        assertThat(documents.stream().flatMap(document -> document.findValuesAsText("image").stream()))
                .allMatch(image -> image.matches("(\\$\\{ANISETTE_IMAGE:-)?.+:[a-z]*\\d[\\w.-]+}?"));
    }

    @Test
    void everyUserReadsItsOwnSecretsAndNobodyElseOnTheMachineDoes() throws Exception {
        Path container = Files.createDirectory(directory.resolve("container"));
        Files.copy(DEPLOYMENT.resolve("container/make-secrets"), container.resolve("make-secrets"));
        TestProcess.Result made = run(container, "sh", "make-secrets");
        assertThat(made.exitCode()).as(made.out()).isZero();
        Path secrets = container.resolve("secrets");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)))
                .isEqualTo("rwx------");
        JsonNode named = documents("container/compose.yaml").get(0).get("secrets");
        assertThat(named).hasSize(4).allSatisfy(secret -> {
            // The engine mounts the file alone, with its mode; so users 1000, 999 and 10001 can read it.
            Path file = container.resolve(secret.get("file").asText()).normalize();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("r--r--r--");
        });
        String password = Files.readString(secrets.resolve("redis.conf"))
                .lines()
                .findFirst()
                .orElseThrow();
        assertThat(Files.readString(secrets.resolve("redis-url")).strip())
                .isEqualTo("redis://:" + password.replace("requirepass ", "") + "@redis:6379");
        String before = Files.readString(secrets.resolve("master-key"));
        assertThat(run(container, "sh", "make-secrets").exitCode()).isZero();
        assertThat(Files.readString(secrets.resolve("master-key"))).isEqualTo(before);
    }

    @Test
    void theIdentityOfTheAnisetteServerSurvivesItsContainer() throws IOException {
        // From the server's sources: device.json and adi.pb are in this directory of its user, the libraries in lib
        // below it.
        String identity = "/home/Alcoholic/.config/anisette-v3";
        assertThat(documents("container/compose.yaml")
                        .get(0)
                        .at("/services/anisette/volumes/0")
                        .asText())
                .endsWith(":" + identity);
        JsonNode anisette = documents("kubernetes/findmy.yaml").stream()
                .filter(document -> document.path("kind").asText().equals("StatefulSet"))
                .filter(document -> document.at("/metadata/name").asText().equals("anisette"))
                .findFirst()
                .orElseThrow()
                .at("/spec/template/spec");
        assertThat(anisette.findValuesAsText("mountPath")).contains(identity);
        assertThat(anisette.at("/securityContext/fsGroup").asInt()).isEqualTo(1000);
    }

    /** A pod that needs no person can be moved, whatever the accounts need, and none of another version runs while the schema changes. */
    @Test
    void nodesCanBeDrainedAndTheSchemaIsMigratedBeforeAnyPodStarts() throws IOException {
        assertThat(documents("kubernetes/config.yaml").stream()
                        .map(document -> document.get("kind").asText()))
                .containsExactly("Namespace", "ConfigMap");
        List<JsonNode> documents = documents("kubernetes/findmy.yaml");
        assertThat(documents.stream().map(document -> document.get("kind").asText()))
                .doesNotContain("Namespace", "ConfigMap", "Job")
                .contains("PodDisruptionBudget");
        assertThat(documents).allSatisfy(document -> {
            assertThat(document.findValues("initContainers")).isEmpty();
            assertThat(document.findValues("minAvailable")).isEmpty();
            assertThat(document.findValuesAsText("path"))
                    .filteredOn(path -> path.startsWith("/"))
                    .allMatch(List.of("/health/live", "/health/ready")::contains);
        });
        assertThat(documents.stream()
                        .flatMap(document -> document.findValues("readinessProbe").stream())
                        .map(probe -> probe.at("/httpGet/path").asText())
                        .filter(path -> !path.isEmpty()))
                .containsExactly("/health/ready", "/health/ready");
        String guide = read("kubernetes/README.md");
        for (String steps : List.of(guide, guide.substring(guide.indexOf("## Upgrade")))) {
            assertThat(steps.indexOf("kubernetes/migrate.yaml")).isGreaterThan(steps.indexOf("kubernetes/config.yaml"));
            assertThat(steps.indexOf("kubernetes/findmy.yaml")).isGreaterThan(steps.indexOf("job/migrate"));
        }
    }

    @Test
    void everyPodIsClosed() throws IOException {
        List<JsonNode> documents = new ArrayList<>(documents("kubernetes/findmy.yaml"));
        documents.addAll(documents("kubernetes/migrate.yaml"));
        List<JsonNode> pods = documents.stream()
                .map(document -> document.at("/spec/template/spec"))
                .filter(JsonNode::isObject)
                .toList();
        assertThat(pods).hasSize(5).allSatisfy(pod -> {
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
            assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(pod.get("automountServiceAccountToken").asBoolean()).isFalse();
            assertThat(pod.get("containers")).isNotEmpty().allSatisfy(container -> {
                JsonNode context = container.get("securityContext");
                assertThat(context.get("readOnlyRootFilesystem").asBoolean()).isTrue();
                assertThat(context.get("allowPrivilegeEscalation").asBoolean(true))
                        .isFalse();
                assertThat(context.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
                assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
            });
        });
    }

    @Test
    void everyOptionThatIsNamedExists() throws IOException {
        Set<String> options = new HashSet<>();
        Matcher matcher = DOCUMENTED_OPTION.matcher(Files.readString(ROOT.resolve("docs/configuration.md")));
        while (matcher.find()) {
            options.add(matcher.group(1));
            options.add(matcher.group(1) + "_FILE");
        }
        assertThat(options).contains("DB_HOST", "MASTER_KEY_FILE");

        Set<String> named = new TreeSet<>();
        JsonNode environment = documents("container/compose.yaml").get(0).at("/x-fetcher/environment");
        environment.fieldNames().forEachRemaining(named::add);
        documents("kubernetes/config.yaml").stream()
                .filter(document -> document.path("kind").asText().equals("ConfigMap"))
                .forEach(document -> document.get("data").fieldNames().forEachRemaining(named::add));
        for (String file : List.of("findmy.conf", "fetch.env", "move.env", "serve.env", "deliver.env")) {
            read("systemd/" + file)
                    .lines()
                    .filter(line -> line.matches("#?[A-Z_]+=.*"))
                    .forEach(line -> named.add(line.substring(line.startsWith("#") ? 1 : 0, line.indexOf('='))));
        }
        Matcher inUnit = Pattern.compile("([A-Z_]+)=%").matcher(read("systemd/findmy-fetcher@.service"));
        while (inUnit.find()) {
            named.add(inUnit.group(1));
        }
        named.remove("XDG_CACHE_HOME");
        assertThat(named).hasSizeGreaterThan(8);
        assertThat(options).containsAll(named);
    }

    @Test
    void everyMetricOfDashboardAndAlarmsExistsAndEveryAlarmIsExplained() throws IOException {
        String documented = Files.readString(ROOT.resolve("fetcher-app/README.md"));
        JsonNode dashboard = new ObjectMapper().readTree(read("container/grafana/dashboard.json"));
        JsonNode alerts = documents("container/alerts.yml").get(0);
        List<String> expressions = new ArrayList<>(dashboard.findValuesAsText("expr"));
        assertThat(expressions).hasSizeGreaterThan(15);
        expressions.addAll(alerts.findValuesAsText("expr"));
        for (String expression : expressions) {
            Matcher metrics = METRIC.matcher(expression);
            while (metrics.find()) {
                String metric = metrics.group().replaceFirst("_(bucket|count)$", "");
                assertThat(documented).as(expression).contains("| `" + metric + "` |");
            }
        }
        String guide = Files.readString(ROOT.resolve("docs/operations.md"));
        assertThat(alerts.findValuesAsText("alert"))
                .isNotEmpty()
                .allSatisfy(alarm -> assertThat(guide).contains("| " + alarm + " |"));
    }

    /** Without arguments, too: then the tools list their commands. */
    @Test
    void theInstalledToolsAddNothingToWhatWasTyped() throws Exception {
        program("id", "echo findmy");
        program("findmy", "echo \"$CONFIG_FILE $*\"");
        String script = "PATH=" + directory + ":$PATH; . " + DEPLOYMENT.resolve("systemd/findmy-tools");
        for (List<String> typed : List.of(List.<String>of(), List.of("help"), List.of("latest", "--json"))) {
            List<String> words = new ArrayList<>(List.of("sh", "-c", script, "findmy-tools"));
            words.addAll(typed);
            TestProcess.Result result = run(directory, words.toArray(String[]::new));
            assertThat(result.out().strip())
                    .isEqualTo(("/etc/findmy/findmy.conf tools " + String.join(" ", typed)).strip());
        }
    }

    private void program(String name, String line) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + line + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static String read(String name) throws IOException {
        return Files.readString(DEPLOYMENT.resolve(name));
    }

    private static List<JsonNode> documents(String name) throws IOException {
        return new YAMLMapper()
                .readerFor(JsonNode.class)
                .<JsonNode>readValues(read(name))
                .readAll();
    }

    /** The result has both outputs in one. */
    private static TestProcess.Result run(Path where, String... command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true);
        return TestProcess.run(builder, "", Duration.ofSeconds(60));
    }
}
