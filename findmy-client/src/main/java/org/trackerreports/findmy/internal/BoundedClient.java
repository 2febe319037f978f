package org.trackerreports.findmy.internal;

import feign.Client;
import feign.Request;
import feign.Response;
import feign.http2client.Http2Client;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.trackerreports.findmy.http.HttpSettings;
import org.trackerreports.findmy.internal.CallFailedException.Kind;

/**
 * Feign's adapter for the JDK's HTTP client, with two more limits: a timeout for the whole call, because the JDK's timeout ends with
 * the response's headers, and a maximum size of the body. Thread-safe.
 */
final class BoundedClient implements Client {

    private static final ExecutorService CALLS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "findmy-call");
        thread.setDaemon(true);
        return thread;
    });

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
        Future<Response> call = CALLS.submit(() -> readWhole(request, options));
        try {
            return call.get(settings.callTimeout().toMillis(), TimeUnit.MILLISECONDS);
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

    private Response readWhole(Request request, Request.Options options) throws IOException {
        try (Response response = new Http2Client(connections.get()).execute(request, options)) {
            if (response.status() == HttpURLConnection.HTTP_PROXY_AUTH) {
                throw new CallFailedException(
                        Kind.CONNECTION,
                        "the proxy asks for a user and password, or does not accept those that it gets (HTTP 407)",
                        null);
            }
            byte[] body =
                    response.body() == null ? new byte[0] : read(response.body().asInputStream());
            return response.toBuilder().body(body).build();
        }
    }

    private byte[] read(InputStream in) throws IOException {
        byte[] body = in.readNBytes(settings.maxResponseBytes());
        if (body.length == settings.maxResponseBytes() && in.read() >= 0) {
            throw new CallFailedException(
                    Kind.TOO_LARGE, "the answer is larger than " + settings.maxResponseBytes() + " bytes", null);
        }
        return body;
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
