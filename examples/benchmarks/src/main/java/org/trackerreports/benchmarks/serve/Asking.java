package org.trackerreports.benchmarks.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Asks a server for positions. */
final class Asking {

    private final HttpClient client = HttpClient.newHttpClient();
    private final String address;

    Asking(int port) {
        address = "http://127.0.0.1:" + port + "/api/v1/positions";
    }

    /** @param tag of the answer that is there already; empty for none */
    HttpResponse<byte[]> positions(String query, String tag) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + query));
        if (!tag.isEmpty()) {
            request.header("If-None-Match", tag);
        }
        try {
            HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != (tag.isEmpty() ? 200 : 304)) {
                throw new IllegalStateException("answered with " + answer.statusCode());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
