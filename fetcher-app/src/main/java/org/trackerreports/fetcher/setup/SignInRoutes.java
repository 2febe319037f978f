package org.trackerreports.fetcher.setup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.trackerreports.core.account.SignIns;
import org.trackerreports.core.signin.SignIn;
import org.trackerreports.core.signin.StoredSignIn;
import org.trackerreports.findmy.login.AccountLogin;
import org.trackerreports.findmy.login.AppleIds;
import org.trackerreports.findmy.login.Credentials;
import org.trackerreports.findmy.login.SecondFactorMethod;
import org.trackerreports.findmy.login.VerificationCode;
import org.trackerreports.server.route.Answer;
import org.trackerreports.server.route.ProblemException;
import org.trackerreports.server.route.Request;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.account.Account;

/** Signs accounts in, step by step. Each answer says where the sign-in is, see {@link SignInJson}. Thread-safe. */
final class SignInRoutes {

    private static final String FIRST_ALIAS = "main";

    private final ReportStore store;
    private final AccountLogin login;
    private final SignIns counts;
    private final SignInSessions sessions;
    private final Clock clock;

    @Inject
    SignInRoutes(ReportStore store, AccountLogin login, SignIns counts, SignInSessions sessions, Clock clock) {
        this.store = store;
        this.login = login;
        this.counts = counts;
        this.sessions = sessions;
        this.clock = clock;
    }

    /**
     * Begins, or continues what waits for a code: {@code {"apple_id", "password", "account"?, "remember"?, "insist"?}}.
     */
    Answer begin(Request request) throws IOException {
        ObjectNode body = request.json();
        String appleId = AppleIds.withoutBlanks(Json.text(body, "apple_id"));
        char[] password = Json.text(body, "password").toCharArray();
        if (appleId.isEmpty()) {
            throw ProblemException.badRequest("The Apple ID is empty; expected an address such as owner@example.com.");
        }
        String alias = alias(Json.optionalText(body, "account"), appleId);
        StoredSignIn stored = StoredSignIn.of(store.accounts(), alias);
        Credentials credentials = Credentials.of(appleId, password);
        Arrays.fill(password, '\0');
        SignIn signIn = new SignIn(login, stored, credentials, Json.flag(body, "remember"), counts, clock);
        boolean insist = Json.flag(body, "insist");
        return answer(sessions.begin(alias, credentials, signIn, each -> each.start(insist)));
    }

    /** The alias that was given, or else the one that the Apple account has here, or else one that is free. */
    private String alias(Optional<String> given, String appleId) {
        if (given.isPresent()) {
            if (!Account.isAlias(given.get())) {
                throw ProblemException.badRequest(
                        "The account's name here has 1 to 200 characters that are not all blanks, such as main.");
            }
            return given.get();
        }
        return StoredSignIn.aliasOf(store.accounts(), appleId).orElseGet(this::freeAlias);
    }

    private String freeAlias() {
        List<String> taken =
                store.accounts().list().stream().map(Account::alias).toList();
        String alias = FIRST_ALIAS;
        for (int number = 2; taken.contains(alias); number++) {
            alias = FIRST_ALIAS + "-" + number;
        }
        return alias;
    }

    /** Has a code sent: {@code {"way": "1", "again"?}}, the number of a way of the answer before. */
    Answer sendCode(Request request) throws IOException {
        ObjectNode body = request.json();
        String way = Json.text(body, "way");
        boolean again = Json.flag(body, "again");
        return answer(sessions.next(request.pathParameter("id"), signIn -> {
            SecondFactorMethod method = method(signIn.ways(), way);
            return again ? signIn.sendCode(method) : signIn.choose(method);
        }));
    }

    private static SecondFactorMethod method(List<SecondFactorMethod> ways, String wanted) {
        for (int number = 1; number <= ways.size(); number++) {
            if (wanted.equals(Integer.toString(number))) {
                return ways.get(number - 1);
            }
        }
        throw ProblemException.badRequest("There is no such way to get a code; expected 1 to " + ways.size() + ".");
    }

    /** Enters a code: {@code {"code": "123456"}}. */
    Answer enterCode(Request request) throws IOException {
        String code = Json.text(request.json(), "code");
        if (VerificationCode.of(code).isEmpty()) {
            throw ProblemException.badRequest(VerificationCode.problem(code) + " It was not sent; enter it again.");
        }
        return answer(sessions.next(request.pathParameter("id"), signIn -> {
            if (!signIn.codeWasSent()) {
                throw ProblemException.badRequest("No code was sent yet; choose a way first.");
            }
            return signIn.enter(code);
        }));
    }

    /** Forgets a sign-in and its password. A code that was sent can still be entered after a new beginning. */
    Answer forget(Request request) {
        sessions.forget(request.pathParameter("id"));
        return Answer.noContent();
    }

    private static Answer answer(SignInSessions.Taken taken) {
        return Answer.json(SignInJson.of(taken.session(), taken.step()));
    }
}
