package org.trackerreports.findmy.login;

import com.dd.plist.NSDictionary;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.trackerreports.findmy.internal.HttpAnswer;
import org.trackerreports.findmy.internal.Plists;
import org.trackerreports.findmy.internal.ServerText;

/**
 * Maps the answers of the sign-in services to outcomes. Source: section 4.8 of the protocol page, with its own sources.
 *
 * <p>Only what is known to need a person becomes an outcome that waits for one: a service that is out of order answers with numbers and
 * texts that nobody knows, and works again some hours later.
 */
final class LoginAnswers {

    private static final int SERVICE_UNAVAILABLE = 503;
    private static final int UNAUTHORIZED = 401;
    private static final int LOCKED = 423;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final long PROVISION_AGAIN = 433;
    private static final long SYNCHRONISE_AGAIN = 434;
    private static final String NO_TEXT = "no further text";

    private LoginAnswers() {}

    /** The refusal in a property list, at whatever level it is: in {@code Response.Status} as a rule. */
    static Optional<LoginOutcome> refusal(NSDictionary plist) {
        Optional<NSDictionary> response = Plists.dictionary(plist, "Response");
        return Stream.of(
                        response.flatMap(found -> Plists.dictionary(found, "Status")),
                        response,
                        Plists.dictionary(plist, "Status"),
                        Optional.of(plist))
                .flatMap(Optional::stream)
                .map(LoginAnswers::refusalIn)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<LoginOutcome> refusalIn(NSDictionary status) {
        long code = Plists.number(status, "ec").orElse(0);
        long httpLike = Plists.number(status, "hsc").orElse(200);
        String message = text(status);
        if (httpLike == PROVISION_AGAIN || httpLike == SYNCHRONISE_AGAIN) {
            return Optional.of(new LoginOutcome.AnisetteRefused("status " + httpLike + ", " + code + ": " + message));
        }
        return code == 0 ? Optional.empty() : Optional.of(refusal(code, message));
    }

    private static String text(NSDictionary status) {
        return Plists.text(status, "em")
                .filter(text -> !text.isBlank())
                .map(ServerText::brief)
                .orElse(NO_TEXT);
    }

    /** The outcome of one of the service's own numbers. */
    static LoginOutcome refusal(long code, String message) {
        String withCode = code + ": " + message;
        return switch (number(code)) {
            case -20101, -20283 -> new LoginOutcome.WrongNameOrPassword(code, message);
            case -22406 -> new LoginOutcome.WrongPassword(code, message);
            case -20209 -> new LoginOutcome.AccountLocked(withCode);
            case -29004, -80009, -22421 -> new LoginOutcome.AnisetteRefused(withCode);
            default -> refusalByText(code, message);
        };
    }

    /** A number that is not known; a text that says plainly that the account is locked or the password wrong must not be tried again. */
    private static LoginOutcome refusalByText(long code, String message) {
        String text = message.toLowerCase(Locale.ROOT);
        String withCode = code + ": " + message;
        if (text.contains("has been locked") || text.contains("is locked") || text.contains("has been disabled")) {
            return new LoginOutcome.AccountLocked(withCode);
        }
        if (text.contains("password")
                && (text.contains("incorrect") || text.contains("not correct") || text.contains("wrong"))) {
            return new LoginOutcome.WrongNameOrPassword(code, message);
        }
        return new LoginOutcome.Refused(code, message);
    }

    /** Numbers that do not fit become one that is not known. */
    private static int number(long code) {
        return code == (int) code ? (int) code : Integer.MIN_VALUE;
    }

    /** The outcome of an HTTP error status: what the body says, or what the status says. */
    static LoginOutcome httpFailure(HttpAnswer answer) {
        if (answer.status() == SERVICE_UNAVAILABLE && answer.html()) {
            return new LoginOutcome.ClientRefused();
        }
        Optional<LoginOutcome> said = Plists.readDictionary(answer.body())
                .flatMap(LoginAnswers::refusal)
                .or(() -> JsonAnswer.of(answer).error().map(error -> refusal(error.code(), error.message())));
        if (said.isPresent()) {
            return said.get();
        }
        if (answer.status() >= 500 || answer.status() == TOO_MANY_REQUESTS) {
            return new LoginOutcome.ServiceUnavailable("HTTP " + answer.status());
        }
        return new LoginOutcome.Refused(answer.status(), "HTTP status");
    }

    /** The refusal of a code, or of the request for one, in an answer with any HTTP status; empty if there is none. */
    static Optional<LoginOutcome> codeRefusal(PendingLogin pending, HttpAnswer answer, boolean codeWasEntered) {
        JsonAnswer json = JsonAnswer.of(answer);
        Optional<JsonAnswer.ServiceError> error = Plists.readDictionary(answer.body())
                .flatMap(LoginAnswers::plistError)
                .or(json::error);
        if (answer.successful()) {
            return error.map(found -> codeRefusal(pending, found, codeWasEntered))
                    .or(() -> codeWasEntered && json.codeIsInvalid()
                            ? Optional.of(new LoginOutcome.WrongCode(pending, NO_TEXT))
                            : Optional.empty());
        }
        if (answer.status() == SERVICE_UNAVAILABLE && answer.html()) {
            return Optional.of(new LoginOutcome.ClientRefused());
        }
        return Optional.of(error.map(found -> codeRefusal(pending, found, codeWasEntered))
                .orElseGet(() -> codeRefusalByStatus(pending, answer.status(), json, codeWasEntered)));
    }

    private static Optional<JsonAnswer.ServiceError> plistError(NSDictionary plist) {
        return Stream.of(
                        Optional.of(plist),
                        Plists.dictionary(plist, "Status"),
                        Plists.dictionary(plist, "Response")
                                .flatMap(response ->
                                        Plists.dictionary(response, "Status").or(() -> Optional.of(response))))
                .flatMap(Optional::stream)
                .filter(status -> Plists.number(status, "ec").orElse(0) != 0)
                .map(status ->
                        new JsonAnswer.ServiceError(Plists.number(status, "ec").getAsLong(), text(status)))
                .findFirst();
    }

    private static LoginOutcome codeRefusalByStatus(
            PendingLogin pending, int status, JsonAnswer json, boolean codeWasEntered) {
        String message = "HTTP " + status;
        if (status == LOCKED || status == TOO_MANY_REQUESTS || json.tooManyCodes()) {
            return new LoginOutcome.TooManyCodes(pending, message);
        }
        if (status == UNAUTHORIZED) {
            return new LoginOutcome.SignInExpired(message);
        }
        return status >= 500
                ? new LoginOutcome.ServiceUnavailable(message)
                : refusedCode(pending, message, codeWasEntered);
    }

    private static LoginOutcome codeRefusal(
            PendingLogin pending, JsonAnswer.ServiceError error, boolean codeWasEntered) {
        String message = error.code() + ": " + error.message();
        return switch (number(error.code())) {
            case -22982, -22979, -22981 -> new LoginOutcome.TooManyCodes(pending, message);
            case -28248 -> new LoginOutcome.CodeNotSent(pending, message);
            case -20209 -> new LoginOutcome.AccountLocked(message);
            case -29004, -80009, -22421 -> new LoginOutcome.AnisetteRefused(message);
            default -> refusedCode(pending, message, codeWasEntered);
        };
    }

    private static LoginOutcome refusedCode(PendingLogin pending, String message, boolean codeWasEntered) {
        return codeWasEntered
                ? new LoginOutcome.WrongCode(pending, message)
                : new LoginOutcome.CodeNotSent(pending, message);
    }

    /** The outcome of a sign-in that follows an accepted code: a refusal of the password is none of the password. */
    static LoginOutcome afterAcceptedCode(LoginOutcome outcome) {
        if (outcome instanceof LoginOutcome.WrongPassword wrong) {
            return new LoginOutcome.RefusedAfterCode(wrong.code());
        }
        if (outcome instanceof LoginOutcome.WrongNameOrPassword wrong) {
            return new LoginOutcome.RefusedAfterCode(wrong.code());
        }
        return outcome;
    }
}
