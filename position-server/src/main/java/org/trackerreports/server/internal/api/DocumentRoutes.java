package org.trackerreports.server.internal.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.trackerreports.server.route.Answer;
import org.trackerreports.server.route.Route;
import org.trackerreports.server.route.Scope;

/** The description of the API. */
final class DocumentRoutes {

    List<Route> routes() {
        return List.of(new Route("GET", Api.BASE + "/openapi.json", Scope.NONE, Api.cached(request -> description())));
    }

    private static Answer description() {
        try (InputStream in = DocumentRoutes.class.getResourceAsStream("openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("openapi.json is missing");
            }
            return Answer.bytes(200, "application/json", in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
