package org.trackerreports.tools.fetch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.trackerreports.core.account.FetchRequest;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.findmy.ClientEvent;
import org.trackerreports.findmy.FileRequestBudget;
import org.trackerreports.findmy.SessionStore;
import org.trackerreports.findmy.StoredSession;
import org.trackerreports.findmy.fetch.AccountClient;
import org.trackerreports.findmy.fetch.CoolDownPolicy;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.fetch.ReportService;
import org.trackerreports.findmy.fetch.RequestListener;
import org.trackerreports.findmy.login.AccountLogin;
import org.trackerreports.findmy.login.SessionSource;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.text.Shell;

/** An account whose session and budget are in files, for use without a database. Not thread-safe. */
final class SessionFileAccount implements RequestAccount {

    private final Path file;
    private final AccountClient client;

    /**
     * Opens an account.
     *
     * @param file the session file; the budget is in a file next to it
     * @param store the content of the session file
     * @throws CommandFailure if nobody signed in with this file
     */
    SessionFileAccount(
            Path file,
            SessionStore store,
            Limits limits,
            AccountLogin login,
            ReportService service,
            Clock clock,
            Consumer<String> notes)
            throws IOException, CommandFailure {
        this.file = file;
        FileRequestBudget signIns = new FileRequestBudget(
                beside(".sign-ins"), SessionSource.MIN_SIGN_IN_GAP, SessionSource.MAX_SIGN_INS_PER_DAY, clock);
        StoredSession session = new StoredSession(login, store, true, signIns, event -> {
            if (event instanceof ClientEvent.SessionRenewed) {
                notes.accept("The session in " + file + " had expired; signed in again.");
            }
        });
        if (session.current().isEmpty()) {
            throw loginNeeded("There is no session in " + file + " yet.");
        }
        this.client = new AccountClient(
                service,
                new FileRequestBudget(beside(".requests"), limits.gap(), limits.maxPerDay(), clock),
                session,
                CoolDownPolicy.STEADY,
                clock);
    }

    /**
     * The limits of the account.
     *
     * @param gap the smallest time between the end of a request and the next
     * @param maxPerDay the most requests within 24 hours
     */
    record Limits(Duration gap, int maxPerDay) {}

    private Path beside(String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private CommandFailure loginNeeded(String what) {
        return new CommandFailure(
                ExitCode.LOGIN_NEEDED,
                what + " Sign in: findmy tools login --session " + Shell.word(file.toString())
                        + " --username APPLE-ID");
    }

    @Override
    public String title() {
        return "The account of " + file;
    }

    @Override
    public FetchOutcome ask(FetchRequest request) throws IOException, CommandFailure {
        FetchOutcome outcome;
        try {
            outcome = client.ask(request.query(), RequestListener.NONE);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (outcome.kind() == FetchOutcome.Kind.SIGN_IN_NEEDED && !outcome.waitingHelps()) {
            throw loginNeeded("The session in " + file + " cannot be used: " + outcome.message() + ".");
        }
        return outcome;
    }
}
