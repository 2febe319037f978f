package org.trackerreports.tools.account;

import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.trackerreports.fetcher.ExitCode;
import org.trackerreports.fetcher.wiring.Application;
import org.trackerreports.findmy.login.AccountLogin;
import org.trackerreports.findmy.login.Credentials;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.findmy.login.PendingLogin;
import org.trackerreports.findmy.login.SecondFactorMethod;
import org.trackerreports.findmy.login.SecondFactorMethod.Sms;
import org.trackerreports.store.ReportStore;
import org.trackerreports.tools.command.ToolCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Signs an account in. */
@Command(
        name = "login",
        description = {
            "Signs an account in, so that the daemon can use it. Asks at the terminal for what is missing.",
            "Without a terminal, call it twice: the first call has a code sent and ends with 4, the second enters it."
        },
        footer = {
            "",
            "Examples:",
            "  findmy tools login --account main",
            "  findmy tools login --account main --username me@example.com --password-file pw --second-factor sms",
            "  findmy tools login --account main --password-file pw --code-file code"
        })
public final class LoginCommand extends ToolCommand {

    /** How a person wants to get the code. */
    enum Factor {
        SMS,
        TRUSTED_DEVICE;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    @Option(names = "--account", required = true, paramLabel = "ALIAS", description = "The account's name here.")
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

    @Override
    protected int run(Application application) throws IOException {
        StoredLogin stored = StoredLogin.of(application.get(ReportStore.class).accounts(), alias);
        AccountLogin login = application.get(AccountLogin.class);
        Optional<String> name = Optional.ofNullable(username)
                .or(stored::accountName)
                .or(() -> terminal().ask("Apple ID:"));
        Optional<char[]> password =
                passwordFile == null ? terminal().askSecretly("Password:") : Optional.of(readSecret(passwordFile));
        if (name.isEmpty() || password.isEmpty()) {
            err().println("The " + (name.isEmpty() ? "Apple ID" : "password")
                    + " is missing and there is no terminal to ask at;" + " give "
                    + (name.isEmpty() ? "--username" : "--password-file") + ".");
            return ExitCode.USAGE;
        }
        Credentials credentials = Credentials.of(name.get(), password.get());
        Arrays.fill(password.get(), '\0');
        try {
            boolean resume = stored.pending().isPresent()
                    && (codeFile != null || username == null)
                    && stored.pending().get().codeSentBy().isPresent();
            LoginOutcome outcome = resume
                    ? new LoginOutcome.SecondFactorNeeded(stored.pending().get())
                    : login.begin(credentials, stored.identity());
            if (outcome instanceof LoginOutcome.SecondFactorNeeded needed) {
                outcome = secondFactor(login, needed.pending(), credentials);
            }
            return end(stored, outcome, credentials);
        } finally {
            credentials.wipe();
        }
    }

    private LoginOutcome secondFactor(AccountLogin login, PendingLogin pending, Credentials credentials)
            throws IOException {
        Optional<SecondFactorMethod> wanted = method(pending);
        SecondFactorMethod method =
                wanted.or(pending::codeSentBy).orElse(pending.methods().get(0));
        PendingLogin sent = pending;
        if (!pending.codeSentBy().equals(Optional.of(method))) {
            LoginOutcome outcome = login.sendCode(pending, method);
            if (!(outcome instanceof LoginOutcome.SecondFactorNeeded needed)) {
                return outcome;
            }
            sent = needed.pending();
        }
        Optional<String> code = codeFile == null
                ? terminal().ask("Verification code (" + method.description() + "):")
                : Optional.of(new String(readSecret(codeFile)));
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

    private int end(StoredLogin stored, LoginOutcome outcome, Credentials credentials) {
        Optional<byte[]> password = rememberPassword ? Optional.of(credentials.passwordDigest()) : Optional.empty();
        if (!stored.save(outcome, password)) {
            return failed(
                    "Account " + alias + " was changed by another program meanwhile; nothing was saved. Try again.");
        }
        if (outcome instanceof LoginOutcome.LoggedIn) {
            out().println("Account " + alias + " is signed in.");
            return ExitCode.DONE;
        }
        err().println(outcome.message());
        if (outcome instanceof LoginOutcome.SecondFactorNeeded) {
            err().println("Then run: findmy tools login --account " + alias + " --password-file FILE --code-file FILE");
        }
        return outcome.waitingHelps() ? ExitCode.UNAVAILABLE : ExitCode.LOGIN_NEEDED;
    }

    private static char[] readSecret(Path file) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
        CharBuffer text = StandardCharsets.UTF_8.decode(java.nio.ByteBuffer.wrap(bytes));
        Arrays.fill(bytes, (byte) 0);
        int end = text.limit();
        while (end > 0 && (text.get(end - 1) == '\n' || text.get(end - 1) == '\r')) {
            end--;
        }
        char[] secret = new char[end];
        text.get(secret);
        Arrays.fill(text.array(), '\0');
        return secret;
    }
}
