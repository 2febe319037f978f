package org.trackerreports.tools.account;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.findmy.login.AccountLogin;
import org.trackerreports.findmy.login.Credentials;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.findmy.login.PendingLogin;
import org.trackerreports.findmy.login.SecondFactorMethod;
import org.trackerreports.findmy.login.SecondFactorMethod.Sms;
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

    /** How a person wants to get the code. */
    enum Factor {
        SMS,
        TRUSTED_DEVICE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Option(
            names = "--account",
            paramLabel = "ALIAS",
            description = "The account's alias; required unless --session is given.")
    private String alias;

    @Option(names = "--username", paramLabel = "APPLE-ID", description = "The Apple ID, usually an e-mail address.")
    private String username;

    @Option(names = "--password-file", paramLabel = "FILE", description = "A file that holds the password.")
    private Path passwordFile;

    @Option(names = "--code-file", paramLabel = "FILE", description = "A file that holds the verification code.")
    private Path codeFile;

    @Option(
            names = "--second-factor",
            paramLabel = "WAY",
            description = "How to get the code: ${COMPLETION-CANDIDATES}.")
    private Factor factor;

    @Option(
            names = "--remember-password",
            description =
                    "Keeps the password (its SHA-256, encrypted), so that the daemon can sign in again by itself.")
    private boolean rememberPassword;

    @Mixin
    private SessionFileOptions sessionFile;

    private final Provider<AccountLogin> loginProvider;

    @Inject
    LoginCommand(CommandContext context, Installation installation, Provider<AccountLogin> loginProvider) {
        super(context, installation);
        this.loginProvider = loginProvider;
    }

    @Override
    public Integer call() throws IOException, CommandFailure {
        LoginRecord stored = record();
        AccountLogin login = loginProvider.get();
        Optional<String> name = Optional.ofNullable(username)
                .or(stored::accountName)
                .or(() -> terminal().ask("Apple ID:"))
                .filter(text -> !text.isBlank());
        Optional<char[]> password = passwordFile == null
                ? terminal().askSecretly("Password:").filter(text -> text.length > 0)
                : Optional.of(SecretFileReader.read(passwordFile, "the password"));
        if (name.isEmpty() || password.isEmpty()) {
            err().println("The " + (name.isEmpty() ? "Apple ID" : "password")
                    + " is missing and there is no terminal to ask at;" + " give "
                    + (name.isEmpty() ? "--username" : "--password-file") + ".");
            return ExitCode.USAGE;
        }
        Credentials credentials = Credentials.of(name.get(), password.get());
        Arrays.fill(password.get(), '\0');
        try {
            LoginOutcome outcome = waitsForCode(stored, name.get())
                    ? new LoginOutcome.SecondFactorNeeded(stored.pending().get())
                    : login.begin(credentials, stored.identity());
            if (outcome.secondFactor().isPresent()) {
                outcome = secondFactor(stored, login, outcome.secondFactor().get(), credentials);
            }
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
        return StoredLogin.of(installation().store().accounts(), alias);
    }

    /** Whether a code is under way that this call can enter. Who gives another Apple ID starts over. */
    private boolean waitsForCode(LoginRecord stored, String name) {
        return stored.pending()
                .filter(pending -> pending.codeSentBy().isPresent()
                        && pending.accountName().equals(name)
                        && (codeFile != null || factor == null))
                .isPresent();
    }

    private LoginOutcome secondFactor(
            LoginRecord stored, AccountLogin login, PendingLogin pending, Credentials credentials)
            throws IOException, CommandFailure {
        Optional<SecondFactorMethod> wanted = method(pending);
        SecondFactorMethod method =
                wanted.or(pending::codeSentBy).orElse(pending.methods().get(0));
        PendingLogin sent = pending;
        if (!pending.codeSentBy().equals(Optional.of(method))) {
            LoginOutcome outcome = login.sendCode(pending, method);
            if (outcome.secondFactor().isEmpty()) {
                return outcome;
            }
            sent = outcome.secondFactor().get();
            // Before it is asked for, so that a person who mistypes it, or breaks off, need not have another one sent.
            stored.save(outcome, Optional.empty());
        }
        // A file that was there before its code was sent holds another code.
        boolean fromFile = codeFile != null && pending.codeSentBy().isPresent();
        Optional<String> code = !fromFile
                ? terminal().ask("Verification code (" + method.description() + "):")
                : Optional.of(new String(SecretFileReader.read(codeFile, "the verification code")));
        return code.isEmpty() || code.get().isBlank()
                ? new LoginOutcome.SecondFactorNeeded(sent)
                : login.complete(sent, method, code.get(), credentials);
    }

    /** The way that the person chose, or the only one there is. */
    private Optional<SecondFactorMethod> method(PendingLogin pending) {
        List<SecondFactorMethod> methods = pending.methods();
        if (factor != null) {
            return methods.stream()
                    .filter(method -> factor == Factor.SMS == method instanceof Sms)
                    .findFirst();
        }
        return methods.size() == 1 ? Optional.of(methods.get(0)) : Optional.empty();
    }

    private int end(LoginRecord stored, LoginOutcome outcome, Credentials credentials) throws IOException {
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
                            ? "; with --second-factor a new code is sent."
                            : " --password-file FILE --code-file FILE"));
        }
        return outcome.waitingHelps() ? ExitCode.UNAVAILABLE : ExitCode.LOGIN_NEEDED;
    }
}
