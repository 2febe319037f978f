package org.trackerreports.tools.account;

import java.io.IOException;
import java.util.Optional;
import org.trackerreports.core.signin.SignInRecord;
import org.trackerreports.core.signin.SignInSaved;
import org.trackerreports.findmy.FileSessionStore;
import org.trackerreports.findmy.SavedLogin;
import org.trackerreports.findmy.login.Credentials;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.findmy.login.PendingLogin;
import org.trackerreports.findmy.login.Session;

/** A sign-in that is stored in a session file. */
final class FileLogin implements SignInRecord {

    private final FileSessionStore file;
    private SavedLogin saved;

    FileLogin(FileSessionStore file) throws IOException {
        this.file = file;
        this.saved = file.load().orElse(SavedLogin.NOTHING);
    }

    @Override
    public Optional<Session> session() {
        return saved.session();
    }

    @Override
    public Optional<PendingLogin> pending() {
        return saved.pending();
    }

    @Override
    public SignInSaved save(LoginOutcome outcome, Optional<Credentials> credentials) throws IOException {
        if (outcome.newSession().isPresent()) {
            save(new SavedLogin(outcome.newSession(), Optional.empty(), credentials.or(saved::credentials)));
        } else if (outcome.secondFactor().isPresent()) {
            save(saved.withPending(outcome.secondFactor().get()));
        }
        return new SignInSaved.Saved();
    }

    private void save(SavedLogin login) throws IOException {
        file.save(login);
        saved = login;
    }
}
