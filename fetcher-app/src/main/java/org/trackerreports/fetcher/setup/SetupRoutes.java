package org.trackerreports.fetcher.setup;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.Set;
import org.trackerreports.core.config.Role;
import org.trackerreports.queue.QueueUnavailableException;
import org.trackerreports.server.route.Answer;
import org.trackerreports.server.route.Route;
import org.trackerreports.server.route.RouteHandler;
import org.trackerreports.server.route.Scope;

/**
 * The routes of the set-up. What is behind them is made for the first request. In a process without the role {@code fetch} they say why there
 * is no set-up.
 */
final class SetupRoutes {

    private static final RouteHandler NOT_HERE = request -> Answer.problem(
            404,
            "No set-up here",
            "This process does not have the role fetch, so it has no master key and can neither sign in nor import.",
            "Open the page of a process with the roles fetch and serve, or use findmy tools.");

    private final Set<Role> roles;
    private final Provider<SetupHandlers> handlers;

    @Inject
    SetupRoutes(Set<Role> roles, Provider<SetupHandlers> handlers) {
        this.roles = roles;
        this.handlers = handlers;
    }

    Route route(SetupPath path) {
        return roles.contains(Role.FETCH) ? path.to(Scope.ADMIN, guarded(path)) : path.to(Scope.NONE, NOT_HERE);
    }

    /** Accounts and imports are no matter of some trackers, so a token for these alone gets nowhere. */
    private RouteHandler guarded(SetupPath path) {
        return request -> {
            if (!request.caller().seesAll()) {
                return Answer.problem(
                        403,
                        "Not with this token",
                        "This token is for the trackers with some labels; the set-up concerns all of them.",
                        "Use a token without labels.");
            }
            try {
                return handlers.get().of(path).handle(request).withHeader("Cache-Control", "no-store");
            } catch (QueueUnavailableException e) {
                return Answer.problem(
                        503,
                        "Redis is unavailable",
                        "Redis does not answer. It is tried again.",
                        "Wait, or start Redis.");
            }
        };
    }
}
