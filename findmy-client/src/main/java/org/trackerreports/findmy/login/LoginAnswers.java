package org.trackerreports.findmy.login;

import com.dd.plist.NSDictionary;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import org.trackerreports.findmy.internal.HttpAnswer;
import org.trackerreports.findmy.internal.Plists;

/** What the numbers of the sign-in services mean. Source: section 4.8 of the protocol page, with its own sources. */
final class LoginAnswers {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SERVICE_UNAVAILABLE = 503;

    private LoginAnswers() {}

    /** The outcome of a status that is not 0. */
    static Optional<LoginOutcome> refusal(NSDictionary status) {
        long code = Plists.number(status, "ec").orElse(0);
        long httpLike = Plists.number(status, "hsc").orElse(200);
        String message =
                Plists.text(status, "em").filter(text -> !text.isBlank()).orElse("no further text");
        if (code == 0) {
            return httpLike == 433 || httpLike == 434
                    ? Optional.of(new LoginOutcome.AnisetteRefused("status " + httpLike))
                    : Optional.empty();
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

    /** The outcome of an HTTP status that is not a success, where no finer reading applies. */
    static LoginOutcome httpFailure(HttpAnswer answer) {
        if (answer.status() == SERVICE_UNAVAILABLE && answer.html()) {
            return new LoginOutcome.ClientRefused();
        }
        if (answer.status() >= 500 || answer.status() == 429) {
            return new LoginOutcome.ServiceUnavailable("HTTP " + answer.status());
        }
        return new LoginOutcome.Refused(answer.status(), "HTTP status");
    }

    /** The outcome of a refused code or request for a code; the body holds {@code serviceErrors}. */
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
        String message = code == 0
                ? "HTTP " + answer.status()
                : code + ": " + error.path("message").asText("no further text");
        return switch (code) {
            case -22982, -22979, -22981 -> new LoginOutcome.TooManyCodes(pending, message);
            case -28248 -> new LoginOutcome.CodeNotSent(pending, message);
            case 0 -> answer.status() >= 500
                    ? new LoginOutcome.ServiceUnavailable(message)
                    : refusedCode(pending, message, codeWasEntered);
            default -> refusedCode(pending, message, codeWasEntered);
        };
    }

    private static LoginOutcome refusedCode(PendingLogin pending, String message, boolean codeWasEntered) {
        return codeWasEntered
                ? new LoginOutcome.WrongCode(pending, message)
                : new LoginOutcome.CodeNotSent(pending, message);
    }
}
