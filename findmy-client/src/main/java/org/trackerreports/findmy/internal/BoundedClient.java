package org.trackerreports.findmy.internal;

import feign.Client;
import feign.Request;
import feign.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import javax.net.ssl.SSLException;
import org.trackerreports.findmy.http.HttpSettings;
import org.trackerreports.findmy.internal.CallFailedException.Kind;

/**
 * The JDK's HTTP client for Feign, with two more limits than Feign's own adapter has: a timeout for the whole call, because the JDK's timeout
 * ends with the response's headers, and a maximum size of the body. A call that ends by a limit or an interrupt is cancelled with its
 * connection, so nothing is left of it. Thread-safe.
 */
final class BoundedClient implements Client {

    /** Headers that the JDK's client sets by itself, and does not take. */
    private static final Set<String> OWN_HEADERS = Set.of("connection", "content-length", "expect", "host", "upgrade");

    private final Supplier<java.net.http.HttpClient> connections;
    private final HttpSettings settings;

    /**
     * A client.
     *
     * @param connections returns the client for a call: a new one if every call must use its own connection
     * @param settings the limits
     */
    BoundedClient(Supplier<java.net.http.HttpClient> connections, HttpSettings settings) {
        this.connections = connections;
        this.settings = settings;
    }

    @Override
    public Response execute(Request request, Request.Options options) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> call = connections
                .get()
                .sendAsync(ofFeign(request, options), answer -> new LimitedBody(settings.maxResponseBytes()));
        try {
            return toFeign(request, call.get(settings.callTimeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            throw new CallFailedException(
                    Kind.TIMED_OUT,
                    "no complete answer within " + settings.callTimeout().toSeconds() + " s",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while waiting for an answer").initCause(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? failure(cause) : new IOException(e.getCause());
        } finally {
            call.cancel(true);
        }
    }

    private static HttpRequest ofFeign(Request request, Request.Options options) throws IOException {
        try {
            HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(request.url()))
                    .timeout(Duration.ofMillis(options.readTimeoutMillis()))
                    .method(
                            request.httpMethod().name(),
                            request.body() == null
                                    ? BodyPublishers.noBody()
                                    : BodyPublishers.ofByteArray(request.body()));
            request.headers().forEach((name, values) -> {
                if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                    values.forEach(value -> builder.header(name, value));
                }
            });
            if (request.headers().keySet().stream().noneMatch("Accept"::equalsIgnoreCase)) {
                builder.header("Accept", "*/*");
            }
            return builder.build();
        } catch (IllegalArgumentException e) {
            // Without the cause: its message may have the value of a header.
            throw new IOException("the address or a header of this request is not one that HTTP allows");
        }
    }

    private Response toFeign(Request request, HttpResponse<byte[]> answer) throws IOException {
        if (answer.statusCode() == HttpURLConnection.HTTP_PROXY_AUTH) {
            throw new CallFailedException(
                    Kind.CONNECTION,
                    "the proxy asks for a user and password, or does not accept those that it gets (HTTP 407)",
                    null);
        }
        return Response.builder()
                .request(request)
                .status(answer.statusCode())
                .headers(Map.copyOf(answer.headers().map()))
                .body(inflated(answer))
                .build();
    }

    /** Nobody asks for a compressed answer, but a gateway may send one. */
    private byte[] inflated(HttpResponse<byte[]> answer) throws IOException {
        List<String> encodings = answer.headers().allValues("Content-Encoding");
        if (answer.body().length == 0 || !encodings.contains("gzip") && !encodings.contains("deflate")) {
            return answer.body();
        }
        InputStream packed = new ByteArrayInputStream(answer.body());
        try (InputStream in =
                encodings.contains("gzip") ? new GZIPInputStream(packed) : new InflaterInputStream(packed)) {
            byte[] body = in.readNBytes(settings.maxResponseBytes());
            if (body.length == settings.maxResponseBytes() && in.read() >= 0) {
                throw LimitedBody.tooLarge(settings.maxResponseBytes());
            }
            return body;
        }
    }

    /** The platform gives some failures no text, and the others a text for developers. */
    private static String reason(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                return "there is no host of that name";
            }
            if (cause instanceof ConnectException) {
                return "nothing answers at the address";
            }
        }
        return e.getMessage() == null ? "it broke" : ServerText.brief(e.getMessage());
    }

    static CallFailedException failure(IOException e) {
        if (e instanceof CallFailedException known) {
            return known;
        }
        if (e instanceof HttpTimeoutException) {
            return new CallFailedException(Kind.TIMED_OUT, "no answer in time", e);
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return new CallFailedException(
                        Kind.TLS,
                        "the connection cannot be trusted: " + ServerText.brief(String.valueOf(cause.getMessage())),
                        e);
            }
        }
        return new CallFailedException(Kind.CONNECTION, "the connection failed: " + reason(e), e);
    }
}
