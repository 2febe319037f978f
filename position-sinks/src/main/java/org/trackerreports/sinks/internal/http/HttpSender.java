package org.trackerreports.sinks.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.trackerreports.sinks.connection.HttpAddress;
import org.trackerreports.sinks.internal.http.HttpAnswer.Meaning;
import org.trackerreports.sinks.internal.text.SafeText;

/**
 * Sends requests to one receiver, and never follows a redirection: it could lead elsewhere with credentials and positions. Used by one thread
 * at a time; {@link #close} may be called from another one.
 */
public final class HttpSender implements AutoCloseable {

    /** For the whole answer, its body included. */
    static final Duration LIMIT = Duration.ofSeconds(20);

    private static final String AGENT = "tracker-report-fetching";

    private final HttpAddress address;
    private final HttpClient client;
    private final Clock clock;
    private final Duration limit;
    private volatile boolean closed;
    private volatile CompletableFuture<?> running = CompletableFuture.completedFuture(null);

    public HttpSender(HttpAddress address, Clock clock) {
        this(address, clock, LIMIT);
    }

    HttpSender(HttpAddress address, Clock clock, Duration limit) {
        this.address = address;
        this.clock = clock;
        this.limit = limit;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limit);
        address.trusted().map(Trust::context).ifPresent(builder::sslContext);
        address.proxy().ifPresent(builder::proxy);
        this.client = builder.build();
    }

    /** Sends to the address itself. */
    public HttpAnswer post(String contentType, byte[] body, Map<String, String> headers) {
        return post(address.url(), contentType, body, headers);
    }

    /** Sends to another address of the same receiver, with the same credentials. */
    public HttpAnswer post(URI url, String contentType, byte[] body, Map<String, String> headers) {
        return send(url, "POST", BodyPublishers.ofByteArray(body), contentType, headers);
    }

    /** Asks another address of the same receiver, with the same credentials. */
    public HttpAnswer get(URI url) {
        return send(url, "GET", BodyPublishers.noBody(), "", Map.of());
    }

    /** The address of the receiver with a path behind its own. */
    public URI under(String path) {
        String base = address.url().getPath() == null ? "" : address.url().getPath();
        String trimmed = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        return address.url().resolve(trimmed + path);
    }

    private HttpAnswer send(
            URI url, String method, HttpRequest.BodyPublisher body, String contentType, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url).method(method, body).header("User-Agent", AGENT);
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        authorization().ifPresent(value -> request.header("Authorization", value));
        headers.forEach(request::header);
        if (closed) {
            return noAnswer("the sink is closed");
        }
        CompletableFuture<HttpResponse<byte[]>> sending = client.sendAsync(request.build(), info -> new LimitedBody());
        running = sending;
        try {
            return answer(sending.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            sending.cancel(true);
            return noAnswer("no complete answer of " + address + " within " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            return noAnswer(reason(Optional.ofNullable(e.getCause()).orElse(e)));
        } catch (CancellationException e) {
            return noAnswer("the sink is closed");
        } catch (InterruptedException e) {
            sending.cancel(true);
            Thread.currentThread().interrupt();
            return noAnswer("the delivery was ended");
        }
    }

    private Optional<String> authorization() {
        return address.token()
                .map(token -> "Bearer " + token)
                .or(() -> address.credentials()
                        .map(user -> "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((user.user() + ":" + user.password()).getBytes(UTF_8))));
    }

    private HttpAnswer answer(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        Optional<Duration> wait = response.headers().firstValue("Retry-After").flatMap(this::wait);
        return new HttpAnswer(meaning(status), status, SafeText.of(new String(response.body(), UTF_8)), wait);
    }

    private static Meaning meaning(int status) {
        return switch (status) {
            case 400, 404, 413, 422 -> Meaning.REFUSED;
            case 401, 403 -> Meaning.CREDENTIALS;
            case 410 -> Meaning.GONE;
            default -> status >= 200 && status < 300 ? Meaning.ACCEPTED : Meaning.LATER;
        };
    }

    /** Seconds, or a date. Source: RFC 9110, 10.2.3. */
    private Optional<Duration> wait(String text) {
        try {
            if (text.strip().matches("\\d{1,9}")) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(text.strip())));
            }
            Duration until = Duration.between(
                    clock.instant(),
                    ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
            return Optional.of(until).filter(duration -> !duration.isNegative());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Says what failed, without the text of exceptions that could repeat the address. */
    private String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "the host of " + address + " is not known";
            }
        }
        Optional<String> tls = TlsTrouble.reason(failure, address.toString());
        if (tls.isPresent()) {
            return tls.get();
        }
        if (failure instanceof HttpConnectTimeoutException) {
            return "no connection to " + address + " within " + limit.toSeconds() + " s";
        }
        if (failure instanceof ConnectException) {
            return "no connection to " + address;
        }
        return failure instanceof IOException
                ? "the connection to " + address + " ended before the answer"
                : "no answer of " + address + ": " + failure.getClass().getSimpleName();
    }

    private static HttpAnswer noAnswer(String why) {
        return new HttpAnswer(Meaning.LATER, 0, why, Optional.empty());
    }

    @Override
    public void close() {
        closed = true;
        running.cancel(true);
    }
}
