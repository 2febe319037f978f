package org.trackerreports.systemtests.deployment;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.trackerreports.testsupport.TestProcess;

/**
 * Runs scripts in a copy of this machine's file system. Whatever they change, install or mount, and whatever they leave running, is gone when they end.
 * Users and permissions in it are real, so it needs root.
 */
final class ThrowawayRoot {

    /** The directory that packages are built in. */
    static final Path BUILT = Path.of("../distribution/target").toAbsolutePath().normalize();

    /** Where the file system's copy has what scripts have changed, and the directory that they share with the test. */
    static final String CHANGES = "/mnt";

    private static final Duration LIMIT = Duration.ofMinutes(4);

    private static final String ENTER = """
            set -eu
            space=$1 shared=$2
            mount --make-rprivate /
            mount -t tmpfs -o mode=0755 tmpfs "$space"
            mkdir "$space/changes" "$space/work" "$space/root"
            mount -t overlay overlay -o "lowerdir=/,upperdir=$space/changes,workdir=$space/work" "$space/root"
            mount -t proc proc "$space/root/proc"
            mount --rbind /dev "$space/root/dev"
            mount --rbind /sys "$space/root/sys"
            mount -t tmpfs -o mode=1777 tmpfs "$space/root/tmp"
            mkdir "$space/root/tmp/shared"
            mount --bind "$shared" "$space/root/tmp/shared"
            mount --bind "$space/changes" "$space/root/mnt"
            cd /
            exec chroot "$space/root" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root JAVA_HOME="$3" bash -euo pipefail /tmp/shared/script
            """;

    private ThrowawayRoot() {}

    /** Skips the test where it is not possible. */
    static void assumePossible() {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/unshare")), "needs unshare");
        TestProcess.Result tried = run(
                new ProcessBuilder("unshare", "--mount", "grep", "-qw", "overlay", "/proc/filesystems"),
                Duration.ofSeconds(20));
        assumeTrue(tried.exitCode() == 0, "needs mount namespaces and overlayfs: " + tried.out());
    }

    /** The only built file whose name matches; skips the test if there is none, because only {@code package} makes them. */
    static Path built(String pattern) throws IOException {
        assumeTrue(Files.isDirectory(BUILT), "needs mvn package");
        try (DirectoryStream<Path> found = Files.newDirectoryStream(BUILT, pattern)) {
            var each = found.iterator();
            assumeTrue(each.hasNext(), "needs mvn package");
            return each.next();
        }
    }

    /**
     * Runs a script as root.
     *
     * @param directory an empty one of the test
     * @param shared what the script finds in /tmp/shared
     */
    static TestProcess.Result run(Path directory, Path shared, String script) throws IOException {
        Path space = Files.createDirectories(directory.resolve("space"));
        Files.writeString(shared.resolve("script"), script);
        return run(
                new ProcessBuilder(
                        "unshare",
                        "--mount",
                        "--pid",
                        "--fork",
                        "--kill-child",
                        "sh",
                        "-c",
                        ENTER,
                        "enter",
                        space.toString(),
                        shared.toString(),
                        System.getProperty("java.home")),
                LIMIT);
    }

    private static TestProcess.Result run(ProcessBuilder builder, Duration limit) {
        return TestProcess.run(builder.redirectErrorStream(true), "", limit);
    }
}
