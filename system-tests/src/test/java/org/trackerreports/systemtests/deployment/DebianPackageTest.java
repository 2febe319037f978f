package org.trackerreports.systemtests.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.testsupport.TestProcess;

/** Installs, uses, upgrades, removes and purges the package for Debian, in a copy of this machine's file system. */
class DebianPackageTest {

    /** What the administrator of a server does in a year; each line that is printed is checked. */
    private static final String YEAR = """
            export DEBIAN_FRONTEND=noninteractive
            java -version >/dev/null 2>&1 || ln -s "$JAVA_HOME/bin/java" /usr/local/bin/java
            put() { dpkg --force-depends -i "$1" >/tmp/dpkg.log 2>&1 || { cat /tmp/dpkg.log; exit 1; }; }
            show() { stat -c "%A %U %G %n" "$@"; }

            put /tmp/shared/package.deb
            echo "== installed"
            show /etc/findmy /etc/findmy/findmy.conf /var/lib/findmy /var/cache/findmy
            getent passwd findmy | cut -d : -f 6,7
            dpkg --verify findmy
            findmy --help | sed -n 1p
            ls /usr/share/man/man1/findmy.1.gz /usr/share/man/man1/findmy-fetcher.1.gz /usr/share/man/man1/findmy-tools-latest.1.gz
            zcat /usr/share/doc/findmy/changelog.gz | sed -n "1s/(.*)/($(dpkg-query -W -f '${Version}' findmy))/p" | cmp - <(zcat /usr/share/doc/findmy/changelog.gz | head -n 1)
            bash -c '. /usr/share/bash-completion/completions/findmy; complete -p findmy' | sed 's/ -F.*//'

            echo "== units"
            systemd-analyze verify /usr/lib/systemd/system/findmy-fetcher.service /usr/lib/systemd/system/findmy-fetcher@serve.service 2>&1 |
                grep findmy || true
            for unit in findmy-fetcher.service findmy-fetcher@serve.service; do
                systemd-analyze security --offline=true --no-pager "/usr/lib/systemd/system/${unit/@serve/@}" | tail -n 1
            done

            echo "== used"
            head -c 32 /dev/urandom | base64 | install -o findmy -g findmy -m 0600 /dev/stdin /etc/findmy/master-key
            sed -i 's/^#MASTER_KEY_FILE/MASTER_KEY_FILE/' /etc/findmy/findmy.conf
            findmy-tools config check | grep -o 'DATA_DIR */[^ ]*' | tr -s ' '
            findmy-tools trackers list >/dev/null 2>&1 || echo "ends with $?"
            test -d /var/lib/findmy/postgresql && echo "has a database"
            setpriv --reuid nobody --clear-groups cat /etc/findmy/master-key 2>&1 || true

            echo "== upgraded"
            dpkg-deb -R /tmp/shared/package.deb /tmp/newer
            sed -i 's/^Version: .*/Version: 99.0/' /tmp/newer/DEBIAN/control
            echo "# a new line of the package" >> /tmp/newer/etc/findmy/findmy.conf
            rm /tmp/newer/usr/share/findmy/lib/movement-*.jar
            dpkg-deb -Znone -b /tmp/newer /tmp/newer.deb >/dev/null
            dpkg --force-depends --force-confold -i /tmp/newer.deb >/dev/null 2>&1
            dpkg-query -W -f '${Version}\\n' findmy
            grep ^MASTER_KEY_FILE /etc/findmy/findmy.conf
            ls /usr/share/findmy/lib | grep -c movement || true
            test -d /var/lib/findmy/postgresql && echo "has a database"

            echo "== removed"
            dpkg -r findmy >/dev/null 2>&1
            ls /usr/bin/findmy* /usr/share/findmy /usr/lib/systemd/system/findmy* 2>/dev/null || true
            show /etc/findmy/findmy.conf /etc/findmy/master-key /var/lib/findmy

            echo "== purged"
            dpkg -P findmy >/dev/null 2>&1
            cd /mnt
            find . -type f -o -type l | grep -v -E '^./(run/|var/(lib|cache|log)/(dpkg|man|systemd|apt)|var/log/|etc/(passwd|group|shadow|gshadow|subuid|subgid)-?$|etc/.pwd.lock|usr/local/bin/java|tmp/)' || true
            find . -user findmy -o -group findmy
            getent passwd findmy | cut -d : -f 1
            """;

    @TempDir
    private Path directory;

    @Test
    void lintianFindsNothingWrong() throws IOException {
        Path lintian = Path.of("/usr/bin/lintian");
        assumeTrue(Files.isExecutable(lintian), "lintian is not installed");
        TestProcess.Result found = TestProcess.run(
                new ProcessBuilder(
                        lintian.toString(),
                        "--allow-root",
                        "--fail-on=error,warning",
                        ThrowawayRoot.built("findmy_*_all.deb").toString()),
                "",
                Duration.ofMinutes(3));
        assertThat(found.exitCode()).as(found.out() + found.err()).isZero();
    }

    @Test
    void aYearOnAServer() throws IOException {
        ThrowawayRoot.assumePossible();
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "needs dpkg");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "systemd-analyze is not installed");
        Path built = ThrowawayRoot.built("findmy_*_all.deb");
        Path shared = Files.createDirectory(directory.resolve("shared"));
        Files.copy(built, shared.resolve("package.deb"));
        TestProcess.Result year = ThrowawayRoot.run(directory, shared, YEAR);
        assertThat(year.exitCode()).as(year.out()).isZero();
        List<String> security = year.out()
                .lines()
                .filter(line -> line.contains("Overall exposure level"))
                .toList();
        security.forEach(System.out::println);
        assertThat(security).hasSize(2).allMatch(line -> line.matches(".*: [01]\\.\\d OK.*"));
        assertThat(year.out().lines().filter(line -> !line.contains("Overall exposure level")))
                .containsExactly(
                        "== installed",
                        "drwxr-x--- root findmy /etc/findmy",
                        "-rw-r--r-- root root /etc/findmy/findmy.conf",
                        "drwx------ findmy findmy /var/lib/findmy",
                        "drwx------ findmy findmy /var/cache/findmy",
                        "/var/lib/findmy:/usr/sbin/nologin",
                        "Usage: findmy COMMAND [ARGUMENTS]",
                        "/usr/share/man/man1/findmy-fetcher.1.gz",
                        "/usr/share/man/man1/findmy-tools-latest.1.gz",
                        "/usr/share/man/man1/findmy.1.gz",
                        "complete -o default",
                        "== units",
                        "== used",
                        "DATA_DIR /var/lib/findmy",
                        "ends with 7",
                        "has a database",
                        "cat: /etc/findmy/master-key: Permission denied",
                        "== upgraded",
                        "99.0",
                        "MASTER_KEY_FILE=/etc/findmy/master-key",
                        "0",
                        "has a database",
                        "== removed",
                        "-rw-r--r-- root root /etc/findmy/findmy.conf",
                        "-rw------- findmy findmy /etc/findmy/master-key",
                        "drwx------ findmy findmy /var/lib/findmy",
                        "== purged",
                        "findmy");
    }
}
