package org.trackerreports.server.internal.macless;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.server.internal.access.Access;
import org.trackerreports.server.internal.access.AccessCheck;
import org.trackerreports.server.internal.access.Head;
import org.trackerreports.server.internal.http.BodyReader;
import org.trackerreports.server.route.Caller;
import org.trackerreports.store.error.StoreException;

/**
 * The endpoint that the page and the app of macless-haystack ask: the path does not matter, every answer may be read by pages of any origin,
 * and a password is a token. Its contract is that of macless-haystack's {@code endpoint/mh_endpoint.py} as its page uses it
 * ({@code lib/findMy/reports_fetcher.dart}). Asks the database only, never Apple. Thread-safe.
 */
public final class MaclessHandler extends Handler.Abstract {

    private static final Logger LOG = LoggerFactory.getLogger(MaclessHandler.class);
    private static final int MOST_BYTES = 1_048_576;
    private static final String JSON = "application/json";

    private final AccessCheck access;
    private final MaclessReports reports;
    private final Optional<UiFiles> ui;

    /** @param ui the files of the page; empty for none */
    public MaclessHandler(AccessCheck access, MaclessReports reports, Optional<UiFiles> ui) {
        this.access = access;
        this.reports = reports;
        this.ui = ui;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        HttpFields.Mutable headers = response.getHeaders();
        headers.put("Access-Control-Allow-Origin", "*");
        headers.put("Access-Control-Allow-Methods", "GET, POST, OPTIONS");
        headers.put("Access-Control-Allow-Headers", "X-Requested-With, Content-Type, Authorization");
        headers.put("Access-Control-Allow-Private-Network", "true");
        headers.put("X-Content-Type-Options", "nosniff");
        Exchange exchange = new Exchange(response, callback);
        switch (request.getMethod()) {
            case "OPTIONS" -> exchange.send(200, "text/plain", new byte[0]);
            case "GET", "HEAD" -> get(request, exchange);
            case "POST" -> post(request, exchange);
            default -> exchange.error(405, "expected GET, POST or OPTIONS");
        }
        return true;
    }

    private void get(Request request, Exchange exchange) {
        Optional<UiFiles.Found> file =
                ui.flatMap(files -> files.find(request.getHttpURI().getDecodedPath()));
        if (file.isPresent()) {
            exchange.send(200, file.get().mediaType(), file.get().content());
        } else if (granted(request, exchange).isPresent()) {
            exchange.send(200, "text/plain", "Nothing to see here".getBytes(StandardCharsets.UTF_8));
        }
    }

    private void post(Request request, Exchange exchange) {
        Optional<Caller> caller = granted(request, exchange);
        if (caller.isEmpty()) {
            return;
        }
        BodyReader.read(request, MOST_BYTES, new BodyReader.Result() {
            @Override
            public void complete(byte[] body) {
                answer(body, caller.get(), exchange);
            }

            @Override
            public void tooLarge() {
                exchange.error(413, "the request has more than " + MOST_BYTES + " bytes");
            }

            @Override
            public void failed(Throwable cause) {
                exchange.callback().failed(cause);
            }
        });
    }

    private void answer(byte[] body, Caller caller, Exchange exchange) {
        try {
            MaclessReports.Result result = reports.answer(body, caller);
            exchange.send(result.status(), JSON, result.json().getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            exchange.error(400, "the request is not JSON");
        } catch (StoreException e) {
            LOG.warn("The database is not available for the macless endpoint: {}", e.getMessage());
            exchange.error(503, "the database is not available; try again later");
        } catch (RuntimeException e) {
            LOG.error("A request to the macless endpoint could not be answered.", e);
            exchange.error(500, "the server has made a mistake; its log says which");
        }
    }

    /** Who asks; if nobody may, the answer is sent. */
    private Optional<Caller> granted(Request request, Exchange exchange) {
        HttpFields headers = request.getHeaders();
        Head head = new Head(
                request.getMethod(),
                (InetSocketAddress) request.getConnectionMetaData().getRemoteSocketAddress(),
                ((InetSocketAddress) request.getConnectionMetaData().getLocalSocketAddress()).getPort(),
                request.isSecure(),
                name -> Optional.ofNullable(headers.get(name)));
        try {
            Access decision = access.checkMacless(head);
            if (decision instanceof Access.Granted granted) {
                return Optional.of(granted.caller());
            }
            int status = ((Access.Refused) decision).answer().status();
            if (status == 401) {
                exchange.response().getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"trackerreports\"");
            }
            exchange.error(status, status == 401 ? "the password must be a token; any user name will do" : "refused");
        } catch (StoreException e) {
            exchange.error(503, "the database is not available; try again later");
        }
        return Optional.empty();
    }

    /** What an answer is written to. */
    private record Exchange(Response response, Callback callback) {

        void send(int status, String mediaType, byte[] body) {
            response.setStatus(status);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, mediaType);
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
            response.write(true, ByteBuffer.wrap(body), callback);
        }

        void error(int status, String reason) {
            String json = "{\"statusCode\":\"" + status + "\",\"error\":\"" + reason + "\"}";
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            send(status, JSON, json.getBytes(StandardCharsets.UTF_8));
        }
    }
}
