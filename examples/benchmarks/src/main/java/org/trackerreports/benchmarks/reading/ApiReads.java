package org.trackerreports.benchmarks.reading;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trackerreports.store.history.GeoBox;

/** What users ask the API for, over HTTP. Not thread-safe. */
final class ApiReads {

    private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]+)\"");
    private static final int BUFFER = 64 * 1_024;

    private final HttpClient client = HttpClient.newHttpClient();
    private final String address;
    private String after = "";

    ApiReads(int port) {
        address = "http://127.0.0.1:" + port + "/api/v1/";
    }

    /** The page of trackers after that of the last call. Returns how many it has. */
    int nextPage(int size) {
        String body = text("trackers?limit=" + size + (after.isEmpty() ? "" : "&after=" + after));
        Matcher next = NEXT.matcher(body);
        after = next.find() ? next.group(1) : "";
        return count(body, "\"position\":{");
    }

    int window(GeoBox box) {
        String body = text(String.format(
                Locale.ROOT, "positions?bbox=%.6f,%.6f,%.6f,%.6f", box.west(), box.south(), box.east(), box.north()));
        if (body.contains("\"cluster\":true")) {
            throw new IllegalStateException("the window has too many positions");
        }
        return count(body, "\"Feature\"");
    }

    int reports(long tracker, Instant from, Instant to) {
        return count(text("trackers/" + tracker + "/reports?from=" + from + "&to=" + to), "\"event_time\":");
    }

    int hours(long tracker, Instant from, Instant to) {
        return count(text("trackers/" + tracker + "/history?by=hour&from=" + from + "&to=" + to), "\"start_time\":");
    }

    /**
     * Reads all reports of a tracker.
     *
     * @param between called when half of so many bytes has been read, while the rest waits
     * @return how many bytes there were
     */
    long export(long tracker, Instant from, Instant to, String format, long expected, Runnable between) {
        String path = "trackers/" + tracker + "/reports?format=" + format + "&from=" + from + "&to=" + to;
        try (InputStream in = send(path, BodyHandlers.ofInputStream())) {
            byte[] buffer = new byte[BUFFER];
            long bytes = 0;
            boolean waiting = true;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes += read;
                if (waiting && bytes >= expected / 2) {
                    waiting = false;
                    between.run();
                }
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text(String path) {
        return send(path, BodyHandlers.ofString());
    }

    private <T> T send(String path, BodyHandler<T> handler) {
        try {
            HttpResponse<T> answer = client.send(
                    HttpRequest.newBuilder(URI.create(address + path)).build(), handler);
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + " was answered with " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int count(String text, String what) {
        int found = 0;
        for (int at = text.indexOf(what); at >= 0; at = text.indexOf(what, at + what.length())) {
            found++;
        }
        return found;
    }
}
