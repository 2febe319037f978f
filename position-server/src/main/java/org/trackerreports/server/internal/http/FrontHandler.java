package org.trackerreports.server.internal.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.server.internal.access.Access;
import org.trackerreports.server.internal.access.AccessCheck;
import org.trackerreports.server.internal.access.Head;
import org.trackerreports.server.internal.http.AsyncRouteHandler.Exchange;
import org.trackerreports.server.internal.http.AsyncRouteHandler.Outcome;
import org.trackerreports.server.route.Answer;
import org.trackerreports.server.route.Caller;
import org.trackerreports.server.route.ProblemException;
import org.trackerreports.server.route.Route;
import org.trackerreports.server.settings.ServerListener;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.error.UnknownTrackerException;

/** Takes each request through its steps: route, permission, body, answer. Thread-safe. */
public final class FrontHandler extends Handler.Abstract {

    private static final Logger LOG = LoggerFactory.getLogger(FrontHandler.class);

    private final RouteTable routes;
    private final StaticFiles files;
    private final AccessCheck access;
    private final String basePath;
    private final SlowConnections slow;
    private final ServerListener listener;

    public FrontHandler(
            RouteTable routes,
            StaticFiles files,
            AccessCheck access,
            String basePath,
            HttpServer server,
            ServerListener listener) {
        this.routes = routes;
        this.files = files;
        this.access = access;
        this.basePath = basePath;
        this.slow = server.slow();
        this.listener = listener;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Connection connection = request.getConnectionMetaData().getConnection();
        slow.arrived(connection);
        long begun = System.nanoTime();
        Request.addCompletionListener(request, failure -> {
            slow.awaitHead(connection);
            listener.requestEnded(response.getStatus(), Duration.ofNanos(System.nanoTime() - begun));
        });
        harden(response);
        new Step(request, response, callback, connection).begin();
        return true;
    }

    /** For whatever a browser makes of an answer. Pages have a policy of their own, which allows more. */
    private static void harden(Response response) {
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put("Referrer-Policy", "no-referrer");
        response.getHeaders().put("Cross-Origin-Resource-Policy", "same-origin");
        response.getHeaders().put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    }

    /** One request on its way. */
    private final class Step {

        private final Request request;
        private final Response response;
        private final Callback callback;
        private final Connection connection;

        Step(Request request, Response response, Callback callback, Connection connection) {
            this.request = request;
            this.response = response;
            this.callback = callback;
            this.connection = connection;
        }

        void begin() {
            Optional<String> path = path();
            if (path.isEmpty()) {
                send(Answer.problem(404, "Not found", "There is nothing at this path."));
                return;
            }
            boolean reading =
                    request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
            if (reading
                    && !basePath.isEmpty()
                    && basePath.equals(request.getHttpURI().getDecodedPath())) {
                // Without its slash, the links of the page would lead out of the base path.
                send(Answer.empty(302).withHeader("Location", basePath + "/"));
                return;
            }
            RouteTable.Match match = routes.match(reading ? "GET" : request.getMethod(), path.get());
            if (match.found().isPresent()) {
                check(match.found().get(), path.get(), match.parameters());
            } else if (!match.methods().isEmpty()) {
                String allowed = String.join(", ", match.methods());
                send(Answer.problem(405, "Method not allowed", "This path takes " + allowed + ".")
                        .withHeader("Allow", allowed));
            } else {
                Optional<Answer> file = reading
                        ? files.find(path.get().substring(1), AnswerWriter.takesGzip(request))
                        : Optional.empty();
                send(file.orElseGet(() -> Answer.problem(404, "Not found", "There is nothing at this path.")));
            }
        }

        /** The path without the base path; empty if it is none. */
        private Optional<String> path() {
            String path = request.getHttpURI().getDecodedPath();
            if (path == null || !path.startsWith("/") || path.indexOf('\0') >= 0) {
                return Optional.empty();
            }
            boolean based = !basePath.isEmpty() && (path.equals(basePath) || path.startsWith(basePath + "/"));
            String rest = based ? path.substring(basePath.length()) : path;
            return Optional.of(rest.isEmpty() ? "/" : rest);
        }

        private void check(Route route, String path, Map<String, String> parameters) {
            Head head = head();
            Access decision;
            try {
                decision = access.check(head, route.scope());
            } catch (StoreException e) {
                send(unavailable(e));
                return;
            }
            if (decision instanceof Access.Refused refused) {
                listener.refused(refused.reason());
                if (!head.isReading()) {
                    // Its body is not read.
                    response.getHeaders().put("Connection", "close");
                }
                send(refused.answer());
            } else {
                Caller caller = ((Access.Granted) decision).caller();
                readBody(route, path, parameters, caller, head);
            }
        }

        private Head head() {
            SocketAddress remote = request.getConnectionMetaData().getRemoteSocketAddress();
            SocketAddress local = request.getConnectionMetaData().getLocalSocketAddress();
            HttpFields headers = request.getHeaders();
            return new Head(
                    request.getMethod(),
                    (InetSocketAddress) remote,
                    ((InetSocketAddress) local).getPort(),
                    request.isSecure(),
                    name -> Optional.ofNullable(headers.get(name)));
        }

        private void readBody(Route route, String path, Map<String, String> parameters, Caller caller, Head head) {
            slow.awaitBody(connection);
            BodyReader.read(request, route.bodyLimit(), new BodyReader.Result() {
                @Override
                public void complete(byte[] body) {
                    slow.arrived(connection);
                    answer(route, path, parameters, caller, head, body);
                }

                @Override
                public void tooLarge() {
                    response.getHeaders().put("Connection", "close");
                    send(Answer.problem(
                            413,
                            "Content too large",
                            "The body of this request may have at most " + route.bodyLimit() + " bytes."));
                }

                @Override
                public void failed(Throwable cause) {
                    callback.failed(cause);
                }
            });
        }

        private void answer(
                Route route, String path, Map<String, String> parameters, Caller caller, Head head, byte[] body) {
            try {
                Fields query = Request.extractQueryParameters(request);
                WebRequest web = new WebRequest(
                        request.getMethod(), path, parameters, query, request.getHeaders(), caller, head, body);
                if (route.handler() instanceof AsyncRouteHandler async) {
                    if (async.begin(web, new Exchange(request, response, callback)) instanceof Outcome.Refused no) {
                        send(no.answer());
                    }
                } else {
                    new AnswerWriter(request, response, callback)
                            .send(route.handler().handle(web));
                }
            } catch (ProblemException e) {
                send(e.answer());
            } catch (UnknownTrackerException e) {
                send(Answer.problem(404, "Not found", "There is no such tracker."));
            } catch (StoreException e) {
                send(unavailable(e));
            } catch (EofException | UncheckedIOException e) {
                // The client is gone.
                callback.failed(e);
            } catch (IOException | RuntimeException e) {
                LOG.error("A request to {} could not be answered.", route.path(), e);
                send(Answer.problem(
                        500, "Internal server error", "The server has made a mistake; its log says which."));
            }
        }

        private Answer unavailable(StoreException e) {
            if (e.worthRepeating()) {
                LOG.warn("The database is not available for the web server: {}", e.getMessage());
                return Answer.problem(503, "Service unavailable", "The database is not available.", "Try again later.")
                        .withHeader("Retry-After", "5");
            }
            LOG.error("The web server cannot use the database: {}", e.getMessage());
            return Answer.problem(
                    500, "Internal server error", "The database refuses this; the log of the server says why.");
        }

        private void send(Answer answer) {
            try {
                response.getHeaders().remove("Content-Encoding");
                harden(response);
                new AnswerWriter(request, response, callback).send(answer);
            } catch (IOException e) {
                callback.failed(e);
            }
        }
    }
}
