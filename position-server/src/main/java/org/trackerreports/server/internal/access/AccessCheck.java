package org.trackerreports.server.internal.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.trackerreports.server.route.Answer;
import org.trackerreports.server.route.Caller;
import org.trackerreports.server.route.Scope;
import org.trackerreports.server.settings.LoopbackRule;
import org.trackerreports.server.settings.ServerListener.Refusal;
import org.trackerreports.server.settings.ServerSettings;
import org.trackerreports.store.access.AccessToken;
import org.trackerreports.store.access.AccessTokens;

/** Decides who may do a request. Thread-safe. */
public final class AccessCheck {

    /** A token that was right within this time is not refused because somebody else at its address guesses. */
    private static final Duration KNOWN_FOR = Duration.ofHours(1);

    private static final int MOST_KNOWN = 1_000;

    /** No browser sends it. */
    private static final String NO_COOKIE = "none";

    private final AccessTokens tokens;
    private final ServerSettings settings;
    private final FailedTries tries;
    private final Clock clock;
    private final Map<String, Instant> known = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST_KNOWN;
        }
    });

    public AccessCheck(AccessTokens tokens, ServerSettings settings, Clock clock) {
        this.tokens = tokens;
        this.settings = settings;
        this.tries = new FailedTries(clock);
        this.clock = clock;
    }

    /** The cookie that keeps a browser signed in. Ports share cookies, so its name has the port. */
    public static String cookieName(int port) {
        return "trackerreports-" + port;
    }

    /** Checks a request to a route that needs a scope. */
    public Access check(Head head, Scope needed) {
        String cookie = cookieName(head.localPort());
        Optional<Credentials> credentials = Credentials.of(head, cookie);
        boolean needsNoOrigin = credentials.filter(Credentials::bearer).isPresent()
                && Credentials.cookie(head, cookie).isEmpty();
        boolean asksForOrigin = !head.isReading() || head.get("Origin").isPresent();
        if (asksForOrigin && !needsNoOrigin && !head.isOfOwnOrigin()) {
            return foreignOrigin();
        }
        if (credentials.isEmpty()) {
            return withoutToken(head, needed);
        }
        Verified verified = verify(head, credentials.get().token());
        if (verified.token().isPresent()) {
            return granted(caller(verified.token().get()), needed);
        }
        if (needed == Scope.NONE) {
            return new Access.Granted(Caller.NOBODY);
        }
        return verified.blocked() ? tooManyTries() : wrongToken(cookie);
    }

    /** Checks a request to the endpoint for macless-haystack, which pages of any origin may use. */
    public Access checkMacless(Head head) {
        Optional<Credentials> credentials = Credentials.of(head, NO_COOKIE);
        if (credentials.isEmpty()) {
            return withoutToken(head, Scope.READ);
        }
        Verified verified = verify(head, credentials.get().token());
        if (verified.token().isPresent()) {
            return granted(caller(verified.token().get()), Scope.READ);
        }
        return verified.blocked() ? tooManyTries() : wrongToken(NO_COOKIE);
    }

    /** Checks the token of somebody who signs in: empty if it is right. */
    public Optional<Access.Refused> signIn(Head head, String token) {
        Verified verified = verify(head, token);
        if (verified.token().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(verified.blocked() ? tooManyTries() : wrongToken(cookieName(head.localPort())));
    }

    private record Verified(Optional<AccessToken> token, boolean blocked) {}

    private Verified verify(Head head, String token) {
        String source = head.source();
        Instant since = known.get(token);
        boolean isKnown = since != null && clock.instant().isBefore(since.plus(KNOWN_FOR));
        if (!isKnown && tries.isBlocked(source)) {
            return new Verified(Optional.empty(), true);
        }
        Optional<AccessToken> found = tokens.authenticate(token);
        if (found.isPresent()) {
            known.remove(token);
            known.put(token, clock.instant());
            return new Verified(found, false);
        }
        known.remove(token);
        tries.failed(source);
        return new Verified(Optional.empty(), false);
    }

    private static Caller caller(AccessToken token) {
        Scope scope = switch (token.scope()) {
            case READ -> Scope.READ;
            case PLACES -> Scope.PLACES;
            case ADMIN -> Scope.ADMIN;
        };
        return new Caller(Optional.of(token.name()), scope, token.labels());
    }

    private Access withoutToken(Head head, Scope needed) {
        if (!head.isLocal() || settings.tokenRequired()) {
            return granted(Caller.NOBODY, needed);
        }
        if (!head.namesLoopback()) {
            return needed == Scope.NONE
                    ? new Access.Granted(Caller.NOBODY)
                    : new Access.Refused(
                            Refusal.ORIGIN,
                            Answer.problem(
                                    403,
                                    "Forbidden",
                                    "Without a token, this server answers only to the names localhost, 127.0.0.1 and [::1].",
                                    "Open http://localhost:" + head.localPort() + ", or give a token."));
        }
        Scope scope = settings.loopback() == LoopbackRule.ADMIN || !tokens.exist() ? Scope.ADMIN : Scope.READ;
        return granted(new Caller(Optional.empty(), scope, Map.of()), needed);
    }

    private static Access granted(Caller caller, Scope needed) {
        if (caller.scope().includes(needed)) {
            return new Access.Granted(caller);
        }
        return caller.scope() == Scope.NONE ? noToken() : tooSmall(needed);
    }

    private static Access.Refused noToken() {
        return new Access.Refused(
                Refusal.TOKEN,
                Answer.problem(
                                401,
                                "Unauthorized",
                                "This needs a token.",
                                "Sign in, or send the header 'Authorization: Bearer TOKEN'. To make one: findmy tools tokens add NAME --scope read")
                        .withHeader("WWW-Authenticate", "Bearer"));
    }

    private static Access.Refused wrongToken(String cookie) {
        return new Access.Refused(
                Refusal.TOKEN,
                Answer.problem(
                                401,
                                "Unauthorized",
                                "The token is wrong, has ended, or was removed.",
                                "To see the tokens: findmy tools tokens list")
                        .withHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"")
                        .withHeader("Set-Cookie", cookie + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"));
    }

    private static Access.Refused tooSmall(Scope needed) {
        return new Access.Refused(
                Refusal.TOKEN,
                Answer.problem(
                        403,
                        "Forbidden",
                        "This needs a token with the scope " + needed.word() + ".",
                        "To make one: findmy tools tokens add NAME --scope " + needed.word()));
    }

    private static Access.Refused tooManyTries() {
        return new Access.Refused(
                Refusal.TRIES,
                Answer.problem(
                                429,
                                "Too many requests",
                                "Too many wrong tokens came from this address.",
                                "Wait for a minute.")
                        .withHeader("Retry-After", "60"));
    }

    private static Access.Refused foreignOrigin() {
        return new Access.Refused(
                Refusal.ORIGIN,
                Answer.problem(
                        403,
                        "Forbidden",
                        "The request does not come from a page of this server.",
                        "A program sends the header 'Authorization: Bearer TOKEN' and no cookie. A reverse proxy must pass the header Host on."));
    }
}
