package org.trackerreports.tools.account;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.trackerreports.core.account.AppleAccountDigest;
import org.trackerreports.core.embedded.DataDirectory;
import org.trackerreports.findmy.FileRequestBudget;
import org.trackerreports.findmy.file.OwnerOnlyFiles;
import org.trackerreports.findmy.login.Session;
import org.trackerreports.findmy.login.SessionSource;

/**
 * The budgets of accounts that are used without a database: files in {@code DATA_DIR/budgets}. They are named by the Apple account, so
 * copies of a session file, and links to it, share one budget. Thread-safe.
 */
public record FileBudgets(DataDirectory data, Clock clock) {

    @Inject
    public FileBudgets {}

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
    public FileRequestBudget signIns(Path sessionFile, String appleId) throws IOException {
        Path file = file(AppleAccountDigest.ofName(appleId), ".sign-ins", sessionFile);
        return new FileRequestBudget(file, SessionSource.MIN_SIGN_IN_GAP, SessionSource.MAX_SIGN_INS_PER_DAY, clock);
    }

    private Path file(AppleAccountDigest account, String kind, Path sessionFile) throws IOException {
        Path file = OwnerOnlyFiles.createDirectories(data.resolve("budgets")).resolve(account.value() + kind);
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
