package org.trackerreports.fetcher.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.failure.Sentences;

/** Reads the health page of a daemon on this machine. */
public final class HealthProbe {

    private static final int TIMEOUT_MILLIS = 5_000;

    private HealthProbe() {}

    /**
     * The answer of the daemon.
     *
     * @param text for people, with one line per check that is not ok
     */
    public record Answer(boolean healthy, String text) {}

    /**
     * Reads a health page.
     *
     * @param configuration that of the daemon
     * @param path of the page, such as {@code /health/ready}
     */
    public static Answer ask(Configuration configuration, String path) {
        Optional<Integer> port = configuration.get(Options.HTTP_PORT).filter(known -> known != 0);
        if (port.isEmpty()) {
            return new Answer(
                    false, "HTTP_PORT is off or 0, so the port is unknown; set it for the daemon and for this command");
        }
        String host = configuration.get(Options.HTTP_BIND);
        try {
            return ask(new URI("http", null, reachable(host), port.get(), path, null, null));
        } catch (IOException | java.net.URISyntaxException e) {
            return new Answer(
                    false,
                    "no daemon answers at " + host + ":" + port.get() + " (" + e.getMessage()
                            + "); is it running with this configuration?");
        }
    }

    /** A daemon that listens on all addresses is asked on loopback. */
    private static String reachable(String host) throws IOException {
        InetAddress address = InetAddress.getByName(host);
        return address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress().getHostAddress() : host;
    }

    private static Answer ask(URI address) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        try {
            boolean healthy = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            try (InputStream body = healthy ? connection.getInputStream() : connection.getErrorStream()) {
                return new Answer(healthy, text(new ObjectMapper().readTree(body)));
            }
        } finally {
            connection.disconnect();
        }
    }

    private static String text(JsonNode report) {
        List<String> lines = new ArrayList<>();
        lines.add(report.path("status").asText());
        for (JsonNode check : report.path("checks")) {
            String status = check.path("status").asText();
            if (!status.equals("ok")) {
                lines.add(status + "  " + check.path("name").asText() + ": "
                        + Sentences.ended(check.path("cause").asText()) + " "
                        + check.path("next").asText());
            }
        }
        return String.join(System.lineSeparator(), lines);
    }
}
