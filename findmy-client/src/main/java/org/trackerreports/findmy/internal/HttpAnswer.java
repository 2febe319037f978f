package org.trackerreports.findmy.internal;

import feign.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A complete response of a service.
 *
 * @param status the HTTP status
 * @param body the whole body, possibly empty
 * @param headers its headers, by their names in any case
 */
public record HttpAnswer(int status, byte[] body, Map<String, Collection<String>> headers) {

    /**
     * Makes a call and returns the response, whatever its status.
     *
     * @param call the call
     * @return the response
     * @throws CallFailedException if there is no complete response
     */
    public static HttpAnswer of(Supplier<Response> call) throws CallFailedException {
        try {
            Response response = call.get();
            byte[] body = response.body() == null
                    ? new byte[0]
                    : response.body().asInputStream().readAllBytes();
            return new HttpAnswer(response.status(), body, response.headers());
        } catch (feign.RetryableException e) {
            throw BoundedClient.failure(e.getCause() instanceof IOException cause ? cause : new IOException(e));
        } catch (IOException e) {
            throw BoundedClient.failure(e);
        }
    }

    /** Whether the status is 2xx. */
    public boolean successful() {
        return status >= 200 && status < 300;
    }

    /**
     * The first value of a header.
     *
     * @param name the name, in upper or lower case
     * @return the value, if there is one
     */
    public Optional<String> header(String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .flatMap(Collection::stream)
                .findFirst();
    }

    /** Whether the body looks like an HTML page, which a gateway sends if the service behind it does not respond. */
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

    /** Shows only status and length, because bodies contain tokens. */
    @Override
    public String toString() {
        return "HttpAnswer[" + status + ", " + body.length + " bytes]";
    }
}
