package org.trackerreports.tools.fetch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.tools.account.SessionFileOptions;
import org.trackerreports.tools.command.CommandFailure;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which trackers to ask for, and with which account: a mixin of the commands that ask the service. */
final class FetchOptions {

    private static final int MAX_DAYS = 30;

    @Parameters(paramLabel = "TRACKER", arity = "0..*", description = "Names of trackers.")
    private List<String> names = List.of();

    @Option(
            names = "--key-file",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Takes the trackers of key files instead of those of the database.")
    private List<Path> keyFiles = List.of();

    @Mixin
    private SessionFileOptions sessionFile;

    @Option(
            names = "--account",
            paramLabel = "ALIAS",
            description = "The account that asks. Default: the one that may ask first.")
    private String account;

    @Option(
            names = "--days",
            paramLabel = "N",
            description = "How many days to look back. Default: MAX_REPORT_AGE_DAYS. The service keeps about seven.")
    private Integer days;

    @Option(
            names = "--deep",
            description =
                    "Asks for all keys that an accessory can have been on, one request for every 250 of them, when its"
                            + " newest have no report.")
    private boolean deep;

    @Option(names = "--wait", description = "Waits until the account may ask again, instead of ending with 5 or 6.")
    private boolean wait;

    /** @throws CommandFailure if it does not fit together */
    void check() throws CommandFailure {
        if (names.isEmpty() == keyFiles.isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, "Say which trackers: either their names, or --key-file FILE.");
        }
        if (account != null && sessionFile.file().isPresent()) {
            throw new CommandFailure(ExitCode.USAGE, "Say who asks: either --account, or --session.");
        }
        if (days != null && (days < 1 || days > MAX_DAYS)) {
            throw new CommandFailure(ExitCode.USAGE, "--days is " + days + "; expected 1 to " + MAX_DAYS + ".");
        }
    }

    List<String> names() {
        return names;
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
