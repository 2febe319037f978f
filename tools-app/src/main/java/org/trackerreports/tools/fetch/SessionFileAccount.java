package org.trackerreports.tools.fetch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.trackerreports.core.account.AppleAccountDigest;
import org.trackerreports.core.account.FetchRequest;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.findmy.ClientEvent;
import org.trackerreports.findmy.SavedLogin;
import org.trackerreports.findmy.SessionStore;
import org.trackerreports.findmy.StoredSession;
import org.trackerreports.findmy.fetch.AccountClient;
import org.trackerreports.findmy.fetch.CoolDownPolicy;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.fetch.RequestGate;
import org.trackerreports.findmy.fetch.RequestListener;
import org.trackerreports.findmy.login.Session;
import org.trackerreports.tools.account.FileBudgets;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.text.Shell;

/**
 * An account whose session is in a file. Its budget is in a file, too, unless there is a database: then the daemon can use the same Apple
 * account, and the budget is the one that all share. Not thread-safe.
 */
final class SessionFileAccount implements RequestAccount {

    private final Path file;
    private final AccountClient client;

    /**
     * Opens an account.
     *
     * @param file the session file
     * @param store the content of the session file
     * @throws CommandFailure if nobody signed in with this file
     */
    SessionFileAccount(Path file, SessionStore store, FetchParts parts, Consumer<String> notes)
            throws IOException, CommandFailure {
        this.file = file;
        Session session = store.load()
                .flatMap(SavedLogin::session)
                .orElseThrow(() -> loginNeeded("There is no session in " + file + " yet."));
        StoredSession renewed = new StoredSession(parts.login().get(), store, true, signIns(session, parts), event -> {
            if (event instanceof ClientEvent.SessionRenewed) {
                notes.accept("The session in " + file + " had expired; signed in again.");
            }
        });
        this.client = new AccountClient(
                parts.service().get(), budget(session, parts), renewed, CoolDownPolicy.STEADY, parts.clock());
    }

    private RequestGate budget(Session session, FetchParts parts) throws IOException {
        Configuration configuration = parts.configuration().get();
        FileBudgets files = parts.budgets().get();
        if (files.replacedByDatabase(configuration)) {
            return parts.accounts().get().requests().gate(session);
        }
        return files.requests(
                file,
                session,
                configuration.get(Options.FETCH_INTERVAL),
                configuration.get(Options.MAX_REQUESTS_PER_DAY));
    }

    private RequestGate signIns(Session session, FetchParts parts) throws IOException {
        FileBudgets files = parts.budgets().get();
        return files.replacedByDatabase(parts.configuration().get())
                ? parts.signIns().get().gate(AppleAccountDigest.ofName(session.accountName()))
                : files.signIns(file, session.accountName());
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
