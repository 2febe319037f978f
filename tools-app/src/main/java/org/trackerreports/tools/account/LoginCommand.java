package org.trackerreports.tools.account;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.trackerreports.core.account.SignInCounts;
import org.trackerreports.core.account.SignIns;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.signin.SignIn;
import org.trackerreports.core.signin.SignInHold;
import org.trackerreports.core.signin.SignInRecord;
import org.trackerreports.core.signin.SignInStep;
import org.trackerreports.core.signin.SignInStep.CodeSent;
import org.trackerreports.core.signin.SignInStep.Failed;
import org.trackerreports.core.signin.SignInStep.HeldBack;
import org.trackerreports.core.signin.SignInStep.KeptElsewhere;
import org.trackerreports.core.signin.SignInStep.SignedIn;
import org.trackerreports.core.signin.SignInStep.WayNeeded;
import org.trackerreports.core.signin.StoredSignIn;
import org.trackerreports.core.text.Printable;
import org.trackerreports.core.time.Times;
import org.trackerreports.findmy.login.AccountLogin;
import org.trackerreports.findmy.login.AppleIds;
import org.trackerreports.findmy.login.Credentials;
import org.trackerreports.findmy.login.LoginOutcome;
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
        SignInRecord stored = record();
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
        Credentials credentials = Credentials.of(name.get(), password.get());
        Arrays.fill(password.get(), '\0');
        try {
            SignIn signIn = new SignIn(
                    loginProvider.get(),
                    stored,
                    credentials,
                    rememberPassword,
                    counts(),
                    installation().clock());
            return end(stored, steps(signIn));
        } finally {
            credentials.wipe();
        }
    }

    private SignInRecord record() throws IOException, CommandFailure {
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
        return StoredSignIn.of(installation().store().accounts(), alias);
    }

    private SignInStep steps(SignIn signIn) throws IOException, CommandFailure {
        SecondFactorDialogue dialogue =
                new SecondFactorDialogue(signIn, choice, Optional.ofNullable(codeFile), terminal(), err());
        SignInStep step = signIn.start(insist);
        if (step instanceof CodeSent earlier) {
            step = dialogue.resume(earlier);
        }
        if (step instanceof HeldBack held && confirmed(held.hold())) {
            step = signIn.begin(true);
        }
        if (step instanceof WayNeeded needed) {
            if (needed.inPlaceOfAnother()) {
                note("The sign-in that waited for its code has ended; a new one begins.");
            }
            step = dialogue.begin(needed);
        }
        return step;
    }

    private boolean confirmed(SignInHold hold) {
        if (!terminal().isThere()) {
            return false;
        }
        err().println(hold.sentence());
        err().flush();
        return terminal()
                .ask("Sign in all the same? [y/N]")
                .filter(answer -> answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes"))
                .isPresent();
    }

    private SignInCounts counts() {
        boolean inFiles = sessionFile.file().isPresent()
                && !filesProvider.get().replacedByDatabase(installation().configuration());
        return inFiles ? filesProvider.get() : signInsProvider.get();
    }

    private int end(SignInRecord stored, SignInStep step) throws CommandFailure {
        return switch (step.kind()) {
            case SIGNED_IN -> signedIn((SignedIn) step);
            case CODE_SENT -> codeWaits(new LoginOutcome.SecondFactorNeeded(((CodeSent) step).pending()));
            case FAILED -> failed(stored, (Failed) step);
            case HELD_BACK -> throw held(((HeldBack) step).hold());
            case KEPT_ELSEWHERE -> throw keptElsewhere(((KeptElsewhere) step).alias());
            case OUTDATED ->
                failed("Account " + alias + " was changed by another program meanwhile; nothing was saved. Try again.");
            case WAY_NEEDED -> throw new IllegalStateException("nobody was asked for the way to get the code");
        };
    }

    private int signedIn(SignedIn step) {
        out().println(sessionFile
                .file()
                .map(file -> "Signed in; the session is in " + file + ".")
                .orElse("Account " + alias + " is signed in."));
        if (step.paused()) {
            note("It is still paused. To have it used: findmy tools accounts resume " + alias);
        }
        return ExitCode.DONE;
    }

    private int failed(SignInRecord stored, Failed step) {
        step.triesLeft()
                .ifPresent(left -> err().println("Many wrong passwords lock an Apple account. "
                        + (left > 0 ? left + " more " + (left == 1 ? "try is" : "tries are") : "No more try is")
                        + " safe within 24 hours."));
        LoginOutcome outcome = step.outcome();
        if (outcome.kind() == LoginOutcome.Kind.WRONG_CODE && stored.pending().isPresent()) {
            return codeWaits(outcome);
        }
        err().println(outcome.message());
        return outcome.waitingHelps() ? ExitCode.UNAVAILABLE : ExitCode.LOGIN_NEEDED;
    }

    private int codeWaits(LoginOutcome outcome) {
        err().println(outcome.message());
        String place = sessionFile
                .file()
                .map(file -> "--session " + Shell.word(file.toString()))
                .orElse("--account " + alias);
        err().println("Then run: findmy tools login " + place
                + (terminal().isThere()
                        ? "; with --second-factor or --phone a new code is sent."
                        : " --password-file FILE --code-file FILE"));
        return ExitCode.LOGIN_NEEDED;
    }

    private static CommandFailure held(SignInHold hold) {
        return new CommandFailure(
                switch (hold.limit()) {
                    case WRONG_PASSWORDS -> ExitCode.LOGIN_NEEDED;
                    case SIGN_INS -> ExitCode.UNAVAILABLE;
                },
                hold.sentence() + " Nothing was sent. Wait until " + Times.text(hold.until())
                        + ", or sign in all the same with --insist.");
    }

    private static CommandFailure keptElsewhere(String other) {
        return new CommandFailure(
                ExitCode.FAILED,
                "This Apple account is already here, as account " + other
                        + "; under a second name it could not make more requests. Nothing was saved. To sign it in"
                        + " again: findmy tools login --account " + Shell.word(other)
                        + ". To give it another name, remove that one first: findmy tools accounts remove "
                        + Shell.word(other));
    }
}
