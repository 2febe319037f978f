package org.trackerreports.server.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a stream of server-sent events as a browser does. */
public final class EventClient implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader in;

    /** The head of the answer. */
    public final List<String> head = new ArrayList<>();

    /** An event; the id also if nothing was told with it. */
    public record Event(String id, String type, String data) {}

    /** @param headers names and values */
    public EventClient(TestServer server, String query, String... headers) {
        try {
            socket = server.connect();
            socket.setSoTimeout(20_000);
            StringBuilder request = new StringBuilder("GET /api/v1/events" + query + " HTTP/1.1\r\nHost: 127.0.0.1:"
                    + server.server.port() + "\r\nAccept: text/event-stream\r\n");
            for (int i = 0; i < headers.length; i += 2) {
                request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
            }
            socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                head.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next event that has data. */
    public Event next() {
        try {
            Map<String, String> fields = new HashMap<>();
            while (true) {
                String line = line();
                if (line.isEmpty() && fields.containsKey("data")) {
                    return new Event(fields.get("id"), fields.get("event"), fields.get("data"));
                }
                int colon = line.indexOf(": ");
                if (colon > 0) {
                    fields.put(line.substring(0, colon), line.substring(colon + 2));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line of the stream, without the chunks that it is sent in. */
    public String line() throws IOException {
        while (true) {
            String line = in.readLine();
            if (line == null) {
                throw new IOException("the stream has ended");
            }
            if (!line.matches("[0-9A-Fa-f]+")) {
                return line;
            }
        }
    }

    /** Whether the server has ended the stream. */
    public boolean hasEnded() {
        try {
            while (in.readLine() != null) {
                continue;
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
