package org.trackerreports.tools.account;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.findmy.login.AccountLogin;
import org.trackerreports.findmy.login.Credentials;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.findmy.login.PendingLogin;
import org.trackerreports.findmy.login.SecondFactorMethod;
import org.trackerreports.findmy.login.VerificationCode;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.SecretFileReader;
import org.trackerreports.tools.command.Terminal;

/**
 * Has a verification code sent the way that the person chooses, and enters it.
 *
 * @param codeFile the code's file, if there is one
 * @param err for what the person is told
 */
record SecondFactorDialogue(
        AccountLogin login,
        LoginRecord stored,
        Credentials credentials,
        SecondFactorChoice choice,
        Optional<Path> codeFile,
        Terminal terminal,
        PrintWriter err) {

    /** How often a person is asked for the same thing. */
    private static final int MAX_QUESTIONS = 5;

    /** Continues a sign-in of an earlier call, for which a code was sent. */
    LoginOutcome resume(PendingLogin pending) throws IOException, CommandFailure {
        SecondFactorMethod sentBy = pending.codeSentBy().orElseThrow();
        SecondFactorMethod method = choice.isMade() ? chosen(pending, sentBy) : sentBy;
        boolean another = !method.equals(sentBy) || choice.isMade() && codeFile.isEmpty();
        return another ? sendAndEnter(pending, method) : enter(pending, method, true);
    }

    /** Continues a sign-in of this call. */
    LoginOutcome begin(PendingLogin pending) throws IOException, CommandFailure {
        SecondFactorMethod preferred =
                pending.codeSentBy().orElse(pending.methods().get(0));
        SecondFactorMethod method = chosen(pending, preferred);
        return pending.codeSentBy().equals(Optional.of(method))
                ? saved(pending, method)
                : sendAndEnter(pending, method);
    }

    private LoginOutcome sendAndEnter(PendingLogin pending, SecondFactorMethod method)
            throws IOException, CommandFailure {
        LoginOutcome outcome = login.sendCode(pending, method);
        return outcome.secondFactor().isPresent() ? saved(outcome.secondFactor().get(), method) : outcome;
    }

    /** Stores the sign-in before the code is asked for, so that a person who breaks off need not have another one sent. */
    private LoginOutcome saved(PendingLogin sent, SecondFactorMethod method) throws IOException, CommandFailure {
        stored.save(new LoginOutcome.SecondFactorNeeded(sent), Optional.empty());
        return enter(sent, method, false);
    }

    /** The way that is wanted; with several, a person is asked, and a script is told the others. */
    private SecondFactorMethod chosen(PendingLogin pending, SecondFactorMethod preferred) throws CommandFailure {
        WaysToGetCode ways = new WaysToGetCode(pending.methods());
        WaysToGetCode wanted = choice.among(ways);
        if (wanted.methods().isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "The account offers no such way to get a code. It offers:" + System.lineSeparator()
                            + ways.listed());
        }
        SecondFactorMethod first = wanted.methods().contains(preferred)
                ? preferred
                : wanted.methods().get(0);
        if (wanted.methods().size() == 1) {
            return first;
        }
        if (choice.phone().isPresent()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "Several phone numbers match --phone. Choose one by its id:" + System.lineSeparator()
                            + wanted.listed());
        }
        err.println("The account offers several ways to get a code:");
        err.println(wanted.listed());
        if (!terminal.isThere()) {
            err.println("Taken: " + first.description() + ". To choose: --second-factor, --phone.");
            return first;
        }
        return asked(wanted, first, pending.codeSentBy());
    }

    private SecondFactorMethod asked(WaysToGetCode ways, SecondFactorMethod first, Optional<SecondFactorMethod> sentBy)
            throws CommandFailure {
        sentBy.ifPresent(method -> err.println("A code is on its way already: " + method.description() + "."));
        err.flush();
        for (int asked = 0; asked < MAX_QUESTIONS; asked++) {
            Optional<String> answer = terminal.ask("Which one? Enter its number, or the last digits of a phone number ["
                    + ways.numberOf(first) + "]:");
            if (answer.isEmpty()) {
                break;
            }
            Optional<SecondFactorMethod> method =
                    answer.get().isBlank() ? Optional.of(first) : ways.answered(answer.get());
            if (method.isPresent()) {
                return method.get();
            }
            err.println(
                    "Found neither a number from 1 to " + ways.methods().size() + " nor the end of one phone number.");
            err.flush();
        }
        throw new CommandFailure(ExitCode.LOGIN_NEEDED, "No way was chosen, so no code was asked for. Sign in again.");
    }

    private LoginOutcome enter(PendingLogin sent, SecondFactorMethod method, boolean fileIsNew) throws CommandFailure {
        // A file that was there before its code was sent holds another code.
        Optional<String> code = codeFile.isPresent() && fileIsNew ? fromFile(codeFile.get()) : fromPerson(method);
        return code.isEmpty()
                ? new LoginOutcome.SecondFactorNeeded(sent)
                : login.complete(sent, method, code.get(), credentials);
    }

    private static Optional<String> fromFile(Path file) throws CommandFailure {
        String code = new String(SecretFileReader.read(file, "the verification code"));
        if (VerificationCode.of(code).isEmpty()) {
            throw new CommandFailure(
                    ExitCode.LOGIN_NEEDED,
                    VerificationCode.problem(code) + " It was not sent; correct the file " + file
                            + " and run the same again.");
        }
        return Optional.of(code);
    }

    private Optional<String> fromPerson(SecondFactorMethod method) {
        for (int asked = 0; asked < MAX_QUESTIONS; asked++) {
            Optional<String> typed = terminal.ask("Verification code (" + method.description() + "):");
            if (typed.isEmpty() || typed.get().isBlank()) {
                return Optional.empty();
            }
            if (VerificationCode.of(typed.get()).isPresent()) {
                return typed;
            }
            err.println(VerificationCode.problem(typed.get()) + " It was not sent; enter it again.");
            err.flush();
        }
        return Optional.empty();
    }
}
