package org.trackerreports.tools.fetch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.tools.account.SessionFileOptions;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.TrackerSelection;
import org.trackerreports.tools.key.ZipCodes;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of the commands that make requests, as a mixin: which trackers, and with which account. */
final class FetchOptions {

    private static final int MAX_DAYS = 30;

    @Mixin
    private TrackerSelection trackers;

    @Option(
            names = "--key-file",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Uses the trackers in key files instead of those in the database.")
    private List<Path> keyFiles = List.of();

    @Mixin
    private ZipCodes codes;

    @Mixin
    private SessionFileOptions sessionFile;

    @Option(
            names = "--account",
            paramLabel = "ALIAS",
            description = "The account that makes the requests. Default: the one that may make the next request first.")
    private String account;

    @Option(
            names = "--days",
            paramLabel = "N",
            description =
                    "How many days to look back. Default: MAX_REPORT_AGE_DAYS. The service keeps about seven days.")
    private Integer days;

    @Option(
            names = "--deep",
            description =
                    "If an accessory's newest keys have no report, requests all keys that it can have used, 250 in each"
                            + " request.")
    private boolean deep;

    @Option(
            names = "--wait",
            description = "Waits until the account may make the next request, instead of ending with exit code 5 or 6.")
    private boolean wait;

    /** @throws CommandFailure if the options contradict each other, or one is not valid */
    void check() throws CommandFailure {
        if (trackers.isGiven() == !keyFiles.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "Which trackers? Give either their names, --label KEY=VALUE or --all, or --key-file FILE.");
        }
        if (account != null && sessionFile.file().isPresent()) {
            throw new CommandFailure(ExitCode.USAGE, "Which account? Give either --account or --session.");
        }
        if (days != null && (days < 1 || days > MAX_DAYS)) {
            throw new CommandFailure(ExitCode.USAGE, "--days is " + days + "; expected 1 to " + MAX_DAYS + ".");
        }
    }

    TrackerSelection trackers() {
        return trackers;
    }

    ZipCodes codes() {
        return codes;
    }

    List<Path> keyFiles() {
        return keyFiles;
    }

    SessionFileOptions sessionFile() {
        return sessionFile;
    }

    Optional<String> account() {
        return Optional.ofNullable(account);
    }

    Optional<Duration> lookBack() {
        return Optional.ofNullable(days).map(Duration::ofDays);
    }

    boolean deep() {
        return deep;
    }

    /** Whether to wait for the budget. */
    boolean patient() {
        return wait;
    }
}
