package org.trackerreports.tools.account;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.trackerreports.core.account.AppleAccountDigest;
import org.trackerreports.core.account.SignInCounts;
import org.trackerreports.core.account.SignIns;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.text.Printable;
import org.trackerreports.findmy.login.AccountLogin;
import org.trackerreports.findmy.login.AppleIds;
import org.trackerreports.findmy.login.Credentials;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.findmy.login.PendingLogin;
import org.trackerreports.store.account.Account;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.Installation;
import org.trackerreports.tools.command.InstallationCommand;
import org.trackerreports.tools.command.SecretFileReader;
import org.trackerreports.tools.text.Shell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Signs an account in. */
@Command(name = "login")
public final class LoginCommand extends InstallationCommand implements Callable<Integer> {

    @Option(names = "--account", paramLabel = "ALIAS")
    private String alias;

    @Option(names = "--username", paramLabel = "APPLE-ID")
    private String username;

    @Option(names = "--password-file", paramLabel = "FILE")
    private Path passwordFile;

    @Option(names = "--code-file", paramLabel = "FILE")
    private Path codeFile;

    @Mixin
    private SecondFactorChoice choice;

    @Option(names = "--remember-password")
    private boolean rememberPassword;

    @Mixin
    private SessionFileOptions sessionFile;

    @Option(names = "--insist")
    private boolean insist;

    private final Provider<AccountLogin> loginProvider;
    private final Provider<SignIns> signInsProvider;
    private final Provider<FileBudgets> filesProvider;

    @Inject
    LoginCommand(
            CommandContext context,
            Installation installation,
            Provider<AccountLogin> loginProvider,
            Provider<SignIns> signInsProvider,
            Provider<FileBudgets> filesProvider) {
        super(context, installation);
        this.loginProvider = loginProvider;
        this.signInsProvider = signInsProvider;
        this.filesProvider = filesProvider;
    }

    @Override
    public Integer call() throws IOException, CommandFailure {
        if (choice.isContradictory()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--phone is for text messages; leave out --second-factor trusted-device, or --phone.");
        }
        LoginRecord stored = record();
        AccountLogin login = loginProvider.get();
        Optional<String> name = Optional.ofNullable(username)
                .or(stored::accountName)
                .or(() -> terminal().ask("Apple ID:"))
                .map(AppleIds::withoutBlanks)
                .filter(text -> !text.isEmpty());
        Optional<char[]> password = passwordFile == null
                ? terminal().askSecretly("Password:").filter(text -> text.length > 0)
                : Optional.of(SecretFileReader.read(passwordFile, "the password"));
        if (name.isEmpty() || password.isEmpty()) {
            err().println("The " + (name.isEmpty() ? "Apple ID" : "password")
                    + " is missing and there is no terminal to ask at;" + " give "
                    + (name.isEmpty() ? "--username" : "--password-file") + ".");
            return ExitCode.USAGE;
        }
        stored.requireFree(name.get());
        Credentials credentials = Credentials.of(name.get(), password.get());
        Arrays.fill(password.get(), '\0');
        try {
            LoginOutcome outcome = signIn(stored, login, credentials);
            return end(stored, outcome, credentials);
        } finally {
            credentials.wipe();
        }
    }

    private LoginRecord record() throws IOException, CommandFailure {
        if (sessionFile.file().isPresent()) {
            return new FileLogin(sessionFile.open(installation().configuration(), terminal()));
        }
        if (alias == null) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "Say where the session is kept: --account ALIAS in the database, or --session FILE in a file.");
        }
        if (!Account.isAlias(alias)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--account is '" + Printable.brief(alias)
                            + "'; expected a name of 1 to 200 characters, such as main.");
        }
        return StoredLogin.of(installation().store().accounts(), alias);
    }

    private LoginOutcome signIn(LoginRecord stored, AccountLogin login, Credentials credentials)
            throws IOException, CommandFailure {
        SecondFactorDialogue dialogue = new SecondFactorDialogue(
                login, stored, credentials, choice, Optional.ofNullable(codeFile), terminal(), err());
        // Who gives another Apple ID starts over.
        Optional<PendingLogin> waiting = stored.pending()
                .filter(pending -> pending.codeSentBy().isPresent()
                        && pending.accountName().equals(credentials.accountName()));
        if (waiting.isPresent()) {
            LoginOutcome outcome = dialogue.resume(waiting.get());
            if (outcome.kind() != LoginOutcome.Kind.SIGN_IN_EXPIRED) {
                return outcome;
            }
            note("The sign-in that waited for its code has ended; a new one begins.");
        }
        SignInGuard guard = new SignInGuard(
                counts(),
                AppleAccountDigest.ofName(credentials.accountName()),
                insist,
                terminal(),
                err(),
                installation().clock());
        guard.begin();
        LoginOutcome outcome = login.begin(credentials, stored.identity());
        guard.ended(outcome);
        return outcome.secondFactor().isPresent()
                ? dialogue.begin(outcome.secondFactor().get())
                : outcome;
    }

    private SignInCounts counts() {
        boolean inFiles = sessionFile.file().isPresent()
                && !filesProvider.get().replacedByDatabase(installation().configuration());
        return inFiles ? filesProvider.get() : signInsProvider.get();
    }

    private int end(LoginRecord stored, LoginOutcome outcome, Credentials credentials)
            throws IOException, CommandFailure {
        if (!stored.save(outcome, rememberPassword ? Optional.of(credentials) : Optional.empty())) {
            return failed(
                    "Account " + alias + " was changed by another program meanwhile; nothing was saved. Try again.");
        }
        String place = sessionFile
                .file()
                .map(file -> "--session " + Shell.word(file.toString()))
                .orElse("--account " + alias);
        if (outcome.newSession().isPresent()) {
            out().println(sessionFile
                    .file()
                    .map(file -> "Signed in; the session is in " + file + ".")
                    .orElse("Account " + alias + " is signed in."));
            if (stored instanceof StoredLogin login && login.paused()) {
                note("It is still paused. To have it used: findmy tools accounts resume " + alias);
            }
            return ExitCode.DONE;
        }
        err().println(outcome.message());
        boolean codeWaits = outcome.kind() == LoginOutcome.Kind.SECOND_FACTOR_NEEDED
                || outcome.kind() == LoginOutcome.Kind.WRONG_CODE
                        && stored.pending().isPresent();
        if (codeWaits) {
            err().println("Then run: findmy tools login " + place
                    + (terminal().isThere()
                            ? "; with --second-factor or --phone a new code is sent."
                            : " --password-file FILE --code-file FILE"));
        }
        return outcome.waitingHelps() ? ExitCode.UNAVAILABLE : ExitCode.LOGIN_NEEDED;
    }
}
