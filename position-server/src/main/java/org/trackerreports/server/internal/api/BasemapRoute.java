package org.trackerreports.server.internal.api;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trackerreports.server.internal.http.ETags;
import org.trackerreports.server.route.Answer;
import org.trackerreports.server.route.Request;
import org.trackerreports.server.route.Route;
import org.trackerreports.server.route.Scope;

/** The file with the street map, of which the page reads parts. */
final class BasemapRoute {

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,15})-(\\d{0,15})");
    private static final int BUFFER = 65_536;

    private final Path file;

    BasemapRoute(Path file) {
        this.file = file;
    }

    List<Route> routes() {
        return List.of(new Route("GET", "/basemap.pmtiles", Scope.READ, Api.cached(this::part)));
    }

    private Answer part(Request request) throws IOException {
        long size = Files.size(file);
        String tag = ETags.of(size + " " + Files.getLastModifiedTime(file)).substring(2);
        Optional<Matcher> range = request.header("Range").map(RANGE::matcher).filter(Matcher::matches);
        if (range.isEmpty()) {
            return stream(0, size, tag);
        }
        long from = Long.parseLong(range.get().group(1));
        long to = range.get().group(2).isEmpty()
                ? size - 1
                : Math.min(size - 1, Long.parseLong(range.get().group(2)));
        if (from > to) {
            return Answer.empty(416).withHeader("Content-Range", "bytes */" + size);
        }
        return stream(from, to - from + 1, tag)
                .withStatus(206)
                .withHeader("Content-Range", "bytes " + from + "-" + to + "/" + size);
    }

    private Answer stream(long from, long length, String tag) {
        return Answer.stream("application/vnd.pmtiles", out -> copy(from, length, out))
                .withHeader("Content-Length", Long.toString(length))
                .withHeader("Accept-Ranges", "bytes")
                .withHeader("ETag", tag);
    }

    private void copy(long from, long length, OutputStream out) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            long done = 0;
            while (done < length) {
                buffer.clear().limit((int) Math.min(BUFFER, length - done));
                int read = channel.read(buffer, from + done);
                if (read < 0) {
                    throw new IOException("the street map became shorter while it was read");
                }
                out.write(buffer.array(), 0, read);
                done += read;
            }
        }
    }
}
