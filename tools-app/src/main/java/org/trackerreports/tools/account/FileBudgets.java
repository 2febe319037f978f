package org.trackerreports.tools.account;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.trackerreports.core.account.AppleAccountDigest;
import org.trackerreports.core.account.SignInCounts;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.embedded.DataDirectory;
import org.trackerreports.findmy.FileRequestBudget;
import org.trackerreports.findmy.fetch.RequestGate;
import org.trackerreports.findmy.file.OwnerOnlyFiles;
import org.trackerreports.findmy.login.Session;
import org.trackerreports.findmy.login.SessionSource;

/**
 * The budgets of accounts that are used without a database: files in {@code DATA_DIR/budgets}. They are named by the Apple account, so
 * copies of a session file, and links to it, share one budget. Thread-safe.
 */
public record FileBudgets(DataDirectory data, Clock clock) implements SignInCounts {

    private static final String ALL_SIGN_INS = ".all-sign-ins";

    @Inject
    public FileBudgets {}

    /** Whether there is a database, so that accounts have the budgets that all instances share, and none in files. */
    public boolean replacedByDatabase(Configuration configuration) {
        return configuration.find(Options.DB_HOST).isPresent() || data.hasDatabase();
    }

    /**
     * The requests for reports.
     *
     * @param sessionFile version 0.1.0 kept the budget beside it; that one is continued
     * @param gap the smallest time between the end of a request and the next
     */
    public FileRequestBudget requests(Path sessionFile, Session session, Duration gap, int maxPerDay)
            throws IOException {
        Path file = file(AppleAccountDigest.of(session), ".requests", sessionFile);
        return new FileRequestBudget(file, gap, maxPerDay, clock);
    }

    /** The sign-ins without a person. */
    public RequestGate signIns(Path sessionFile, String appleId) throws IOException {
        AppleAccountDigest account = AppleAccountDigest.ofName(appleId);
        int max = SessionSource.MAX_SIGN_INS_PER_DAY;
        return new FileSignIns(
                new FileRequestBudget(
                        file(account, ".sign-ins", sessionFile), SessionSource.MIN_SIGN_IN_GAP, max, clock),
                new FileRequestBudget(file(account, ALL_SIGN_INS), Duration.ZERO, max - 1, clock));
    }

    @Override
    public Counts counts(AppleAccountDigest account) throws IOException {
        FileRequestBudget all = allSignIns(account);
        FileRequestBudget wrong = wrongPasswords(account);
        return new Counts(all.granted(), all.untilGranted(), wrong.granted(), wrong.untilGranted());
    }

    @Override
    public void signIn(AppleAccountDigest account) throws IOException {
        count(allSignIns(account));
    }

    @Override
    public void wrongPassword(AppleAccountDigest account) throws IOException {
        count(wrongPasswords(account));
    }

    private FileRequestBudget allSignIns(AppleAccountDigest account) throws IOException {
        return new FileRequestBudget(
                file(account, ALL_SIGN_INS), Duration.ZERO, SessionSource.MAX_SIGN_INS_PER_DAY, clock);
    }

    private FileRequestBudget wrongPasswords(AppleAccountDigest account) throws IOException {
        return new FileRequestBudget(
                file(account, ".wrong-passwords"), Duration.ZERO, SignInCounts.MAX_WRONG_PASSWORDS, clock);
    }

    private static void count(FileRequestBudget budget) {
        if (budget.acquire() instanceof RequestGate.Granted) {
            budget.completed(true);
        }
    }

    private Path file(AppleAccountDigest account, String kind) throws IOException {
        return OwnerOnlyFiles.createDirectories(data.resolve("budgets")).resolve(account.value() + kind);
    }

    private Path file(AppleAccountDigest account, String kind, Path sessionFile) throws IOException {
        Path file = file(account, kind);
        Path former = sessionFile.resolveSibling(sessionFile.getFileName() + kind);
        if (Files.notExists(file) && Files.exists(former)) {
            try {
                OwnerOnlyFiles.create(file, Files.readAllBytes(former));
            } catch (FileAlreadyExistsException e) {
                // Another program has just continued it.
            }
        }
        return file;
    }
}
