package org.trackerreports.systemtests.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.testsupport.FreePorts;
import org.trackerreports.testsupport.TestProcess;

/**
 * Does what Dockerfile and compose file say, with users of the ids that they and the images of others name, in a copy of this machine's file system.
 * The facts about the images of others are those of the table in the directory's README.
 */
class ContainersTest {

    private static final Path CONTAINER =
            Path.of("../examples/deployment/container").toAbsolutePath().normalize();

    /** Of timescaledb-ha; its directory of data is one of the image's, and closed to others. */
    private static final Containers.Image DATABASE = new Containers.Image("1000:1000", "", List.of());

    private static final String DATABASE_DATA = "/home/postgres/pgdata/data";

    /** Of redis; the compose file names its user. */
    private static final Containers.Image REDIS = new Containers.Image("0:0", "", List.of("/data"));

    /** Of anisette-v3-server. */
    private static final Containers.Image ANISETTE =
            new Containers.Image("1000:1000", "HOME=/home/Alcoholic", List.of());

    private static final String ANISETTE_IDENTITY = "/home/Alcoholic/.config/anisette-v3";

    private static final List<String> OWN = List.of("migrate", "fetcher-1", "fetcher-2", "web", "tools");

    @TempDir
    private Path directory;

    private Path shared;
    private Dockerfile image;
    private Containers containers;

    @BeforeEach
    void prepare() throws IOException {
        ThrowawayRoot.assumePossible();
        shared = Files.createDirectory(directory.resolve("shared"));
        Path container = Files.createDirectories(shared.resolve("examples/deployment/container"));
        for (String name : List.of("make-secrets", "findmy-tools")) {
            Files.copy(CONTAINER.resolve(name), container.resolve(name));
        }
        image = Dockerfile.read(CONTAINER.resolve("Dockerfile"));
        containers = new Containers(CONTAINER.resolve("compose.yaml"), "/tmp/shared/examples/deployment/container");
    }

    /** The owner of the checkout is an ordinary user; 1000 is also the id of the database's user. */
    @Test
    void everyContainerReadsItsOwnSecretsAndNobodyElseOnTheMachineReadsAny() throws IOException {
        StringBuilder script = new StringBuilder(Containers.functions());
        script.append("mkdir -p ")
                .append(DATABASE_DATA)
                .append("; chown 1000:1000 ")
                .append(DATABASE_DATA)
                .append("; chmod 0750 ")
                .append(DATABASE_DATA)
                .append("; mkdir -p /data; chown 999:1000 /data\n");
        for (String owner : List.of("1000", "5000")) {
            script.append(
                            "cd /tmp/shared/examples/deployment/container; rm -rf secrets files .env; chmod 0755 /tmp/shared; chown -R ")
                    .append(owner)
                    .append(":")
                    .append(owner)
                    .append(" .; rm -rf /volumes/*\n");
            script.append("setpriv --reuid ")
                    .append(owner)
                    .append(" --regid ")
                    .append(owner)
                    .append(" --clear-groups ./make-secrets 2>/dev/null; cat .env\n");
            for (String secret : List.of("db-password", "master-key", "redis.conf", "redis-url")) {
                script.append("setpriv --reuid 6000 --regid 6000 --clear-groups cat secrets/")
                        .append(secret)
                        .append(" 2>/dev/null && echo \"another user reads ")
                        .append(secret)
                        .append("\"\n");
            }
            script.append(containers.run("database", DATABASE, "sh -c '" + seen("database", DATABASE_DATA) + "'"));
            script.append(containers.run("redis", REDIS, "sh -c '" + seen("redis", "/data") + "'"));
        }
        assertThat(run(script.toString())).isEqualTo("""
                        TOOLS_USER=1000:1000
                        database as 1000: db-password, data written
                        redis as 999: redis-conf, data written
                        TOOLS_USER=5000:5000
                        database as 1000: db-password, data written
                        redis as 999: redis-conf, data written
                        """);
    }

    /** What a container can read of its secrets, and whether it can write to its volume. */
    private static String seen(String name, String volume) {
        return "cd /run/secrets; echo \"" + name
                + " as $(id -u): $(for each in *; do test -s $each && cat $each >/dev/null && echo $each; done"
                + " | paste -sd , ), data $(touch " + volume + "/file && echo written)\"";
    }

    @Test
    void theIdentityOfTheAnisetteServerSurvivesItsContainer() throws IOException {
        String home = "mkdir -p " + ANISETTE_IDENTITY + "/lib; chown -R 1000 /home/Alcoholic\n";
        // What the server does at its start: it keeps its identity, or makes one.
        String server = "sh -c 'cd " + ANISETTE_IDENTITY
                + "; test -s device.json || { date +%N > device.json; date +%N > adi.pb; touch lib/libCoreADI.so; }; cat device.json adi.pb'";
        String start = containers.run("anisette", ANISETTE, server);
        List<String> identities =
                run(Containers.functions() + home + start + start).lines().toList();
        assertThat(identities).hasSize(4).allMatch(line -> line.matches("\\d+"));
        assertThat(identities.subList(2, 4)).isEqualTo(identities.subList(0, 2));
    }

    /** While the image sets up a new database, its server listens on a socket only; whoever connected then would be refused. */
    @Test
    void theDatabaseIsHealthyOnlyWhenOthersCanConnect() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/pg_isready")), "needs Debian's postgresql-client");
        assumeTrue(Files.isDirectory(Path.of("/usr/lib/postgresql")), "needs Debian's postgresql");
        List<String> check = new ArrayList<>();
        containers.field("database", "healthcheck").get("test").forEach(word -> check.add(word.asText()));
        assertThat(check.remove(0)).isEqualTo("CMD");
        int port = FreePorts.next();
        String server = "as_server pg_ctl -s -D /tmp/data -l /tmp/log -w -o \"-c port=" + port
                + " -k /var/run/postgresql -c listen_addresses='%s'\" start\n";
        String health =
                "PGPORT=" + port + " " + String.join(" ", check) + " >/dev/null && echo healthy || echo unhealthy\n";
        assertThat(run("""
                        as_server() { setpriv --reuid postgres --regid postgres --clear-groups env -C /tmp "PATH=$(echo /usr/lib/postgresql/*/bin | tr ' ' ':'):$PATH" "$@"; }
                        install -d -o postgres -g postgres /tmp/data /var/run/postgresql
                        as_server initdb -D /tmp/data -U trackerreports >/dev/null 2>&1
                        """ + server.formatted("") + "as_server psql -p " + port
                        + " -h /var/run/postgresql -U trackerreports -Atc 'select 1' postgres\n"
                        + health + "as_server pg_ctl -s -D /tmp/data -w stop\n" + server.formatted("127.0.0.1")
                        + health))
                .isEqualTo("1\nunhealthy\nhealthy\n");
    }

    @Test
    void theImageIsBuiltFromTheArchiveAndEveryServiceOfItWorks() throws IOException {
        Path archive = ThrowawayRoot.built("tracker-reports-*.tar.gz");
        Path built = Files.createDirectories(shared.resolve("distribution/target"));
        Files.copy(archive, built.resolve(archive.getFileName()));
        StringBuilder script = new StringBuilder("PATH=$PATH:$JAVA_HOME/bin\n" + Containers.functions());
        script.append(image.build("/tmp/shared"));
        script.append("cd /tmp/shared/examples/deployment/container; chown -R 5000:5000 .; chmod 0755 /tmp/shared\n");
        script.append("setpriv --reuid 5000 --regid 5000 --clear-groups ./make-secrets 2>/dev/null\n");
        script.append("install -o 5000 -g 5000 -m 0600 /dev/stdin files/Bike.keys <<'END'\n")
                .append("Private key: ")
                .append("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQ==")
                .append("\nEND\n");
        containers.variable("TOOLS_USER", "5000:5000");
        String fetcher = String.join(" ", image.entryPoint());
        for (String service : OWN) {
            boolean tools = containers.field(service, "entrypoint").isArray();
            String program =
                    tools ? containers.field(service, "entrypoint").get(0).asText() : fetcher;
            script.append("echo \"== ").append(service).append("\"\n");
            script.append(containers.run(
                    service,
                    image.image(),
                    "sh -c \"" + program.replace("'", "")
                            + " config check >/tmp/checked || cat /tmp/checked; id -u; touch /data/file"
                            + " /tmp/file && echo written; touch /app/file 2>/dev/null || echo read-only\""));
        }
        script.append("echo \"== key file\"\n");
        script.append(containers.run("tools", image.image(), "findmy-tools keys inspect Bike.keys"));
        for (String service : List.of("fetcher-1", "tools")) {
            script.append("echo \"== files of ").append(service).append("\"\n");
            script.append(containers.run(
                    service, image.image(), "sh -c 'findmy-tools doctor 2>/dev/null | grep \"^[a-z]* *files\"'"));
        }
        script.append("echo \"== health check\"\n");
        script.append(containers.run(
                "fetcher-1", image.image(), "sh -c '" + String.join(" ", image.healthCheck()) + " || true'"));
        List<String> out = run(script.toString()).lines().toList();
        assertThat(out)
                .containsExactly(
                        "== migrate",
                        "10001",
                        "written",
                        "read-only",
                        "== fetcher-1",
                        "10001",
                        "written",
                        "read-only",
                        "== fetcher-2",
                        "10001",
                        "written",
                        "read-only",
                        "== web",
                        "10001",
                        "written",
                        "read-only",
                        "== tools",
                        "5000",
                        "written",
                        "read-only",
                        "== key file",
                        "Bike.keys: .keys text, trackers: 1, problems: 0",
                        out.get(22),
                        out.get(23),
                        "== files of fetcher-1",
                        "ok    files             only this user can read and change /data",
                        "== files of tools",
                        "ok    files             DATA_DIR /data/tools is not used",
                        "== health check",
                        "no daemon answers at 0.0.0.0:8466 (Connection refused); is it running with this configuration?");
    }

    private String run(String script) throws IOException {
        TestProcess.Result result = ThrowawayRoot.run(directory, shared, script);
        assertThat(result.exitCode()).as(result.out()).isZero();
        return result.out();
    }
}
