package org.trackerreports.fetcher.setup;

import org.trackerreports.findmy.keyfile.KeyFiles;
import org.trackerreports.server.route.Route;
import org.trackerreports.server.route.RouteHandler;
import org.trackerreports.server.route.Scope;

/** What the set-up answers to. */
enum SetupPath {
    STATE("GET", ""),
    PROGRESS("GET", "/progress"),
    BEGIN_SIGN_IN("POST", "/sign-ins"),
    SEND_CODE("POST", "/sign-ins/{id}/send-code"),
    ENTER_CODE("POST", "/sign-ins/{id}/code"),
    FORGET_SIGN_IN("DELETE", "/sign-ins/{id}"),
    CHANGE_ACCOUNT("PATCH", "/accounts/{account}"),
    REMOVE_ACCOUNT("DELETE", "/accounts/{account}"),
    IMPORT("POST", "/imports"),
    EXPLAIN("GET", "/trackers/{id}/explanation"),
    RETRY("POST", "/trackers/{id}/retry"),
    REMOVAL("GET", "/trackers/{id}/removal"),
    REMOVE("DELETE", "/trackers/{id}"),
    SINKS("GET", "/sinks"),
    CHANGE_SINK("PATCH", "/sinks/{sink}"),
    TEST_SINK("POST", "/sinks/{sink}/test"),
    RETRY_SINK("POST", "/sinks/{sink}/retry");

    /** All files of an import together, with room for what stands between them. */
    private static final int IMPORT_LIMIT = 2 * KeyFiles.MAX_BYTES;

    private final String method;
    private final String path;

    SetupPath(String method, String path) {
        this.method = method;
        this.path = "/api/v1/setup" + path;
    }

    Route to(Scope scope, RouteHandler handler) {
        Route route = new Route(method, path, scope, handler);
        return this == IMPORT ? route.withBodyLimit(IMPORT_LIMIT) : route;
    }
}
