package org.trackerreports.findmy.login;

import com.dd.plist.NSDictionary;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import org.trackerreports.findmy.internal.HttpAnswer;
import org.trackerreports.findmy.internal.Plists;

/** Maps the status numbers of the sign-in services to outcomes. Source: section 4.8 of the protocol page, with its own sources. */
final class LoginAnswers {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final int UNAUTHORIZED = 401;
    private static final long PROVISION_AGAIN = 433;
    private static final long SYNCHRONISE_AGAIN = 434;

    private LoginAnswers() {}

    /** The outcome of a status that is not 0. */
    static Optional<LoginOutcome> refusal(NSDictionary status) {
        long code = Plists.number(status, "ec").orElse(0);
        long httpLike = Plists.number(status, "hsc").orElse(200);
        String message =
                Plists.text(status, "em").filter(text -> !text.isBlank()).orElse("no further text");
        if (httpLike == PROVISION_AGAIN || httpLike == SYNCHRONISE_AGAIN) {
            return Optional.of(new LoginOutcome.AnisetteRefused("status " + httpLike + ", " + code + ": " + message));
        }
        if (code == 0) {
            return Optional.empty();
        }
        String withCode = code + ": " + message;
        return Optional.of(
                switch ((int) code) {
                    case -20101, -20283 -> new LoginOutcome.WrongAccountName(withCode);
                    case -22406 -> new LoginOutcome.WrongPassword(withCode);
                    case -20209 -> new LoginOutcome.AccountLocked(withCode);
                    case -29004, -80009, -22421 -> new LoginOutcome.AnisetteRefused(withCode);
                    default -> new LoginOutcome.Refused(code, message);
                });
    }

    /** The outcome of an HTTP error status that has no more specific meaning. */
    static LoginOutcome httpFailure(HttpAnswer answer) {
        if (answer.status() == SERVICE_UNAVAILABLE && answer.html()) {
            return new LoginOutcome.ClientRefused();
        }
        if (answer.status() >= 500 || answer.status() == 429) {
            return new LoginOutcome.ServiceUnavailable("HTTP " + answer.status());
        }
        return new LoginOutcome.Refused(answer.status(), "HTTP status");
    }

    /** The outcome of a refused code or code request; the body has {@code serviceErrors}. */
    static LoginOutcome codeRefusal(PendingLogin pending, HttpAnswer answer, boolean codeWasEntered) {
        if (answer.status() == SERVICE_UNAVAILABLE && answer.html()) {
            return new LoginOutcome.ClientRefused();
        }
        JsonNode error;
        try {
            error = JSON.readTree(answer.body()).path("serviceErrors").path(0);
        } catch (IOException e) {
            error = JSON.missingNode();
        }
        int code = error.path("code").asInt();
        if (code != 0) {
            return codeRefusal(pending, code, error.path("message").asText("no further text"), codeWasEntered);
        }
        String message = "HTTP " + answer.status();
        if (answer.status() == UNAUTHORIZED) {
            return new LoginOutcome.Refused(UNAUTHORIZED, "the sign-in that waits for the code has ended; begin again");
        }
        return answer.status() >= 500
                ? new LoginOutcome.ServiceUnavailable(message)
                : refusedCode(pending, message, codeWasEntered);
    }

    /** The outcome of a refused code or code request, by the service's own number. */
    static LoginOutcome codeRefusal(PendingLogin pending, long code, String text, boolean codeWasEntered) {
        String message = code + ": " + text;
        return switch ((int) code) {
            case -22982, -22979, -22981 -> new LoginOutcome.TooManyCodes(pending, message);
            case -28248 -> new LoginOutcome.CodeNotSent(pending, message);
            default -> refusedCode(pending, message, codeWasEntered);
        };
    }

    private static LoginOutcome refusedCode(PendingLogin pending, String message, boolean codeWasEntered) {
        return codeWasEntered
                ? new LoginOutcome.WrongCode(pending, message)
                : new LoginOutcome.CodeNotSent(pending, message);
    }
}
