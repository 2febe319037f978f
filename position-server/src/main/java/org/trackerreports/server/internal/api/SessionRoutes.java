package org.trackerreports.server.internal.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.trackerreports.server.internal.access.Access;
import org.trackerreports.server.internal.access.AccessCheck;
import org.trackerreports.server.internal.access.Head;
import org.trackerreports.server.internal.http.WebRequest;
import org.trackerreports.server.route.Answer;
import org.trackerreports.server.route.Caller;
import org.trackerreports.server.route.ProblemException;
import org.trackerreports.server.route.Request;
import org.trackerreports.server.route.Route;
import org.trackerreports.server.route.Scope;
import org.trackerreports.server.settings.ServerListener;
import org.trackerreports.server.settings.ServerSettings;

/** Who the caller is and what is there, for the page; signing in and out. */
final class SessionRoutes {

    private static final long COOKIE_SECONDS = 400L * 24 * 3_600;

    private final Api api;
    private final AccessCheck access;
    private final ServerSettings settings;
    private final ServerListener listener;
    private final boolean setup;

    /** @param setup whether the hosting program has added routes for setting up */
    SessionRoutes(Api api, AccessCheck access, ServerSettings settings, ServerListener listener, boolean setup) {
        this.api = api;
        this.access = access;
        this.settings = settings;
        this.listener = listener;
        this.setup = setup;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", Api.BASE + "/session", Scope.NONE, this::session),
                new Route("POST", "/login", Scope.NONE, this::login),
                new Route("POST", "/logout", Scope.NONE, this::logout));
    }

    private Answer session(Request request) {
        Caller caller = request.caller();
        ObjectNode json = Json.object()
                .put("signed_in", caller.scope().includes(Scope.READ))
                .put("token", caller.token().orElse(null));
        ArrayNode scopes = json.putArray("scopes");
        for (Scope scope : List.of(Scope.READ, Scope.PLACES, Scope.ADMIN)) {
            if (caller.scope().includes(scope)) {
                scopes.add(scope.word());
            }
        }
        json.set("labels", Json.labels(caller.labels()));
        json.put("version", settings.version())
                .put("setup", setup && caller.scope().includes(Scope.ADMIN) ? "setup/" : null)
                .put(
                        "base_map",
                        settings.basemap().map(file -> "basemap.pmtiles").orElse(null));
        if (settings.tiles().isPresent()) {
            json.putObject("tiles")
                    .put("url", settings.tiles().get().url())
                    .put("attribution", settings.tiles().get().attribution());
        } else {
            json.putNull("tiles");
        }
        if (caller.scope().includes(Scope.READ)) {
            json.put("judged", api.store().feed().isJudged())
                    .put("feed", api.judgedPlace().toString());
        } else {
            json.putNull("judged").putNull("feed");
        }
        return Answer.json(json).withHeader("Cache-Control", "no-store");
    }

    private Answer login(Request request) {
        String token = request.json().path("token").asText("").strip();
        Head head = ((WebRequest) request).head();
        Optional<Access.Refused> refused = access.signIn(head, token);
        if (refused.isPresent()) {
            listener.refused(refused.get().reason());
            throw new ProblemException(refused.get().answer());
        }
        return Answer.noContent().withHeader("Set-Cookie", cookie(head, token, COOKIE_SECONDS));
    }

    private Answer logout(Request request) {
        return Answer.noContent().withHeader("Set-Cookie", cookie(((WebRequest) request).head(), "", 0));
    }

    private static String cookie(Head head, String value, long seconds) {
        return AccessCheck.cookieName(head.localPort()) + "=" + value + "; Path=/; Max-Age=" + seconds
                + "; HttpOnly; SameSite=Strict" + (head.isEncrypted() ? "; Secure" : "");
    }
}
