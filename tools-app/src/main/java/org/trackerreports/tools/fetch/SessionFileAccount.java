package org.trackerreports.tools.fetch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.trackerreports.core.account.AccountBudget.Budgeted;
import org.trackerreports.core.account.AccountBudget.Made;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.findmy.FileSessionStore;
import org.trackerreports.findmy.SavedLogin;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.fetch.FetchOutcome.NotAuthorised;
import org.trackerreports.findmy.fetch.FetchQuery;
import org.trackerreports.findmy.fetch.ReportService;
import org.trackerreports.findmy.login.AccountLogin;
import org.trackerreports.findmy.login.Credentials;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.findmy.login.Session;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.text.Shell;

/** An account whose session and budget are in files, for use without any server. Not thread-safe. */
final class SessionFileAccount implements AskingAccount {

    private final Path file;
    private final FileSessionStore store;
    private final RequestLedger ledger;
    private final AccountLogin login;
    private final ReportService service;
    private final Consumer<String> notes;
    private SavedLogin saved;
    private Session session;
    private boolean renewed;

    /** @throws CommandFailure if nobody signed in with this file */
    SessionFileAccount(
            Path file,
            FileSessionStore store,
            RequestLedger ledger,
            AccountLogin login,
            ReportService service,
            Consumer<String> notes)
            throws IOException, CommandFailure {
        this.file = file;
        this.store = store;
        this.ledger = ledger;
        this.login = login;
        this.service = service;
        this.notes = notes;
        this.saved = store.load().orElse(SavedLogin.NOTHING);
        this.session = saved.session().orElseThrow(() -> loginNeeded("There is no session in " + file + " yet."));
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
    public Budgeted<FetchOutcome> ask(FetchQuery query, int trackers) throws IOException, CommandFailure {
        Budgeted<FetchOutcome> asked = once(query);
        boolean ended = asked instanceof Made<FetchOutcome> made && made.answer() instanceof NotAuthorised;
        if (!ended || renewed) {
            return asked;
        }
        renewed = true;
        renew();
        return once(query);
    }

    private Budgeted<FetchOutcome> once(FetchQuery query) throws IOException {
        return ledger.request(() -> service.fetch(session, query));
    }

    @Override
    public void rest(Duration rest, String reason) throws IOException {
        ledger.rest(rest);
    }

    private void renew() throws IOException, CommandFailure {
        Credentials credentials = saved.credentials()
                .orElseThrow(
                        () -> loginNeeded("The session in " + file + " has ended and no password is kept with it."));
        notes.accept("The session in " + file + " has ended; signing in again.");
        LoginOutcome outcome = login.begin(credentials, session.identity());
        if (outcome instanceof LoginOutcome.LoggedIn done) {
            session = done.session();
            saved = new SavedLogin(Optional.of(session), Optional.empty(), saved.credentials());
            store.save(saved);
            return;
        }
        if (outcome instanceof LoginOutcome.SecondFactorNeeded needed) {
            store.save(new SavedLogin(saved.session(), Optional.of(needed.pending()), saved.credentials()));
        }
        throw loginNeeded("The session in " + file + " has ended. " + outcome.message());
    }
}
