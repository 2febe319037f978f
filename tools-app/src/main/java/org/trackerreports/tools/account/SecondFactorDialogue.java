package org.trackerreports.tools.account;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.signin.SignIn;
import org.trackerreports.core.signin.SignInStep;
import org.trackerreports.core.signin.SignInStep.CodeSent;
import org.trackerreports.core.signin.SignInStep.WayNeeded;
import org.trackerreports.findmy.login.PendingLogin;
import org.trackerreports.findmy.login.SecondFactorMethod;
import org.trackerreports.findmy.login.VerificationCode;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.SecretFileReader;
import org.trackerreports.tools.command.Terminal;

/**
 * Has a verification code sent the way that the person chooses, and enters it.
 *
 * @param signIn the sign-in
 * @param codeFile the code's file, if there is one
 * @param err for what the person is told
 */
record SecondFactorDialogue(
        SignIn signIn, SecondFactorChoice choice, Optional<Path> codeFile, Terminal terminal, PrintWriter err) {

    /** How often a person is asked for the same thing. */
    private static final int MAX_QUESTIONS = 5;

    /**
     * Continues after the code of an earlier call was sent.
     *
     * @return the step after the code; the same step if nobody entered one
     */
    SignInStep resume(CodeSent earlier) throws IOException, CommandFailure {
        SecondFactorMethod method = choice.isMade() ? chosen(earlier.pending(), earlier.by()) : earlier.by();
        boolean another = !method.equals(earlier.by()) || choice.isMade() && codeFile.isEmpty();
        return another ? enterIfSent(signIn.sendCode(method)) : enter(earlier);
    }

    /** Continues where the way to get the code is to be chosen; the same otherwise. */
    SignInStep begin(WayNeeded needed) throws IOException, CommandFailure {
        PendingLogin pending = needed.pending();
        SecondFactorMethod preferred =
                pending.codeSentBy().orElse(pending.methods().get(0));
        return enterIfSent(signIn.choose(chosen(pending, preferred)));
    }

    private SignInStep enterIfSent(SignInStep step) throws IOException, CommandFailure {
        return step instanceof CodeSent sent ? enter(sent) : step;
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

    private SignInStep enter(CodeSent sent) throws IOException, CommandFailure {
        // A file that was there before its code was sent holds another code.
        Optional<String> code =
                codeFile.isPresent() && sent.earlier() ? fromFile(codeFile.get()) : fromPerson(sent.by());
        return code.isEmpty() ? sent : signIn.enter(code.get());
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
