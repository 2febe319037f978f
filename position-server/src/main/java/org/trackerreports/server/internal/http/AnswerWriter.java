package org.trackerreports.server.internal.http;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.trackerreports.server.route.Answer;
import org.trackerreports.server.route.Answer.Body;

/**
 * Sends answers: compressed if the client takes that, and not at all if it has them already. A body that is there as a whole gets an ETag from
 * its content, unless the answer has one.
 */
final class AnswerWriter {

    /** Below, compression saves nothing. */
    private static final int SMALL = 1_000;

    private static final int BUFFER = 32_768;
    private static final Set<String> COMPRESSIBLE = Set.of(
            "application/json",
            "application/problem+json",
            "application/geo+json",
            "application/geo+json-seq",
            "application/gpx+xml",
            "image/svg+xml");

    private final Request request;
    private final Response response;
    private final Callback callback;

    AnswerWriter(Request request, Response response, Callback callback) {
        this.request = request;
        this.response = response;
        this.callback = callback;
    }

    /** Sends the answer. If its body fails before anything was sent, the exception is thrown, and another answer can be sent. */
    void send(Answer answer) throws IOException {
        response.setStatus(answer.status());
        answer.headers().forEach(response.getHeaders()::put);
        if (answer.body() instanceof Body.Bytes bytes) {
            sendBytes(answer, bytes.content());
        } else {
            sendStream(answer, (Body.Stream) answer.body());
        }
    }

    private void sendBytes(Answer answer, byte[] content) {
        boolean reading = isReading();
        if (reading && answer.status() == 200) {
            String tag = Optional.ofNullable(answer.headers().get("ETag")).orElseGet(() -> ETags.of(content));
            response.getHeaders().put(HttpHeader.ETAG, tag);
            if (ETags.matches(Optional.ofNullable(request.getHeaders().get(HttpHeader.IF_NONE_MATCH)), tag)) {
                response.setStatus(304);
                response.getHeaders().remove(HttpHeader.CONTENT_TYPE);
                response.write(true, ByteBuffer.allocate(0), callback);
                return;
            }
        }
        byte[] sent = content;
        boolean encoded = answer.headers().containsKey("Content-Encoding");
        if (content.length > SMALL && !encoded && isCompressible(answer)) {
            response.getHeaders().add(HttpHeader.VARY, "Accept-Encoding");
            if (takesGzip()) {
                sent = gzip(content);
                response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
            }
        }
        if (answer.status() != 204 && answer.status() != 304) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, sent.length);
        }
        boolean head = request.getMethod().equals("HEAD");
        response.write(true, head ? ByteBuffer.allocate(0) : ByteBuffer.wrap(sent), callback);
    }

    private void sendStream(Answer answer, Body.Stream body) throws IOException {
        if (request.getMethod().equals("HEAD")) {
            response.write(true, ByteBuffer.allocate(0), callback);
            return;
        }
        boolean gzip = isCompressible(answer) && takesGzip();
        if (isCompressible(answer)) {
            response.getHeaders().add(HttpHeader.VARY, "Accept-Encoding");
        }
        try {
            OutputStream plain = new BufferedOutputStream(Content.Sink.asOutputStream(response), BUFFER);
            OutputStream out = gzip ? new QuickGzip(plain) : plain;
            if (gzip) {
                response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
            }
            body.writer().write(out);
            out.close();
        } catch (IOException | RuntimeException e) {
            if (!response.isCommitted()) {
                response.reset();
                throw e;
            }
            // The client must see that the body is not complete.
            callback.failed(e);
            return;
        }
        callback.succeeded();
    }

    private boolean isReading() {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    private boolean takesGzip() {
        return takesGzip(request);
    }

    static boolean takesGzip(Request request) {
        for (HttpField field : request.getHeaders()) {
            if (field.getHeader() == HttpHeader.ACCEPT_ENCODING
                    && Arrays.stream(field.getValues())
                            .map(AnswerWriter::coding)
                            .anyMatch("gzip"::equals)) {
                return true;
            }
        }
        return false;
    }

    /** The coding, unless its weight is zero. */
    private static String coding(String value) {
        String lower = value.toLowerCase(Locale.ROOT).replace(" ", "");
        int weight = lower.indexOf(";q=");
        if (weight < 0) {
            return lower;
        }
        return lower.substring(weight + 3).matches("0(\\.0*)?") ? "" : lower.substring(0, weight);
    }

    private static boolean isCompressible(Answer answer) {
        String type = answer.headers().getOrDefault("Content-Type", "");
        return type.startsWith("text/") || COMPRESSIBLE.contains(type);
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(content.length / 4 + 64);
        try (OutputStream out = new QuickGzip(compressed)) {
            out.write(content);
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory could not be compressed", e);
        }
        return compressed.toByteArray();
    }

    /** Half the time of the usual level for a few per cent more. */
    private static final class QuickGzip extends GZIPOutputStream {

        QuickGzip(OutputStream out) throws IOException {
            super(out, BUFFER / 4);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
