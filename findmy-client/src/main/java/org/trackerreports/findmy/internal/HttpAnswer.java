package org.trackerreports.findmy.internal;

import feign.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A complete answer of a service: status, body, and headers by name.
 *
 * @param status the HTTP status
 * @param body all bytes, possibly none
 */
public record HttpAnswer(int status, byte[] body, Response response) {

    /**
     * Makes a call and takes its answer, whatever the status.
     *
     * @throws CallFailedException if there is no complete answer
     */
    public static HttpAnswer of(Supplier<Response> call) throws CallFailedException {
        try {
            Response response = call.get();
            byte[] body = response.body() == null
                    ? new byte[0]
                    : response.body().asInputStream().readAllBytes();
            return new HttpAnswer(response.status(), body, response);
        } catch (feign.RetryableException e) {
            throw BoundedClient.failure(e.getCause() instanceof IOException cause ? cause : new IOException(e));
        } catch (IOException e) {
            throw BoundedClient.failure(e);
        }
    }

    /** Whether the status says success. */
    public boolean successful() {
        return status >= 200 && status < 300;
    }

    /** The first value of a header; names without regard to case. */
    public Optional<String> header(String name) {
        return response.headers().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(java.util.Map.Entry::getValue)
                .flatMap(Collection::stream)
                .findFirst();
    }

    /** Whether the body begins like a page for people, which a gateway sends where a service should answer. */
    public boolean html() {
        String start = new String(body, 0, Math.min(body.length, 200), StandardCharsets.UTF_8)
                .stripLeading()
                .toLowerCase(java.util.Locale.ROOT);
        return start.startsWith("<html") || start.startsWith("<!doctype html");
    }

    /** The body as a stream. */
    public ByteArrayInputStream stream() {
        return new ByteArrayInputStream(body);
    }

    /** Status and length only: bodies hold tokens. */
    @Override
    public String toString() {
        return "HttpAnswer[" + status + ", " + body.length + " bytes]";
    }
}
