package org.trackerreports.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLSocketFactory;
import org.trackerreports.simulator.world.GeneratedTag;
import org.trackerreports.testsupport.Lines;

/**
 * Measures how many reports a running simulator serves in a second. Started by hand; the README has the commands. The client is as
 * cheap as possible (ready-made requests on a few kept connections, answers are only counted), so that the two can be given a core
 * each.
 */
public final class ServingBenchmark {
    private static final int ENTRIES = 64;
    private static final int CONNECTIONS = 4;
    private static final String ACCOUNT = "benchmark@example.com";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI control;

    private ServingBenchmark(URI control) {
        this.control = control;
    }

    /** Arguments: address of the control API, number of made tags, seconds. The simulator must have been started with seed 1. */
    public static void main(String[] arguments) throws Exception {
        new ServingBenchmark(URI.create(arguments[0]))
                .run(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    }

    private void run(int tags, int seconds) throws Exception {
        call("POST", "/accounts", "{\"appleId\":\"" + ACCOUNT + "\",\"password\":\"x\"}");
        JsonNode session = json(call("POST", "/accounts/" + ACCOUNT + "/sessions", null));
        URI gateway = URI.create(json(call("GET", "/", null)).get("gateway").asText());
        SSLSocketFactory sockets = PlainClient.trusting(call("GET", "/certificate-authority.pem", null))
                .getSocketFactory();
        List<String> ids =
                GeneratedTag.make(1, tags).stream().map(GeneratedTag::hashedKey).toList();
        long start = System.nanoTime();
        call("POST", "/prepare", null);
        System.out.printf("prepared in %.1f s%n", (System.nanoTime() - start) / 1e9);
        for (String phase : List.of("warm-up", "measured")) {
            measure(phase, sockets, gateway, session, ids, seconds);
        }
    }

    private void measure(
            String phase, SSLSocketFactory sockets, URI gateway, JsonNode session, List<String> ids, int seconds)
            throws IOException, InterruptedException, ExecutionException {
        JsonNode anisette = json(http.send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + gateway.getPort() + "/"))
                                .build(),
                        BodyHandlers.ofString())
                .body());
        List<byte[]> requests = new ArrayList<>();
        for (int from = 0; from + ENTRIES <= Math.min(ids.size(), 200 * ENTRIES); from += ENTRIES) {
            requests.add(request(session, anisette, ids.subList(from, from + ENTRIES)));
        }
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        List<Future<Long>> counts = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            int offset = i * requests.size() / CONNECTIONS;
            counts.add(threads.submit(() -> drive(sockets, gateway.getPort(), requests, offset, end)));
        }
        long answers = 0;
        for (Future<Long> count : counts) {
            answers += count.get();
        }
        threads.shutdown();
        System.out.printf("%s: %d requests/s, %d reports/s%n", phase, answers / seconds, answers * ENTRIES / seconds);
    }

    private static long drive(SSLSocketFactory sockets, int port, List<byte[]> requests, int offset, long end)
            throws IOException {
        long answers = 0;
        try (var socket = sockets.createSocket("localhost", port)) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream(), 65_536);
            for (int i = offset; System.nanoTime() < end; i++) {
                out.write(requests.get(i % requests.size()));
                out.flush();
                skipAnswer(in);
                answers++;
            }
        }
        return answers;
    }

    private static void skipAnswer(InputStream in) throws IOException {
        int length = -1;
        String first = null;
        for (String line = Lines.read(in); !line.isEmpty(); line = Lines.read(in)) {
            first = first == null ? line : first;
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        // An answer with all reports has well over 150 bytes for each.
        if (!String.valueOf(first).contains(" 200 ") || length < ENTRIES * 150) {
            throw new IOException("Not the expected answer: " + first + ", " + length + " bytes");
        }
        in.skipNBytes(length);
    }

    private static byte[] request(JsonNode session, JsonNode anisette, List<String> ids) {
        StringBuilder body = new StringBuilder("{\"clientContext\":{\"clientBundleIdentifier\":"
                + "\"com.apple.icloud.searchpartyuseragent\",\"policy\":\"foregroundClient\"},\"fetch\":[");
        for (String id : ids) {
            body.append(id.equals(ids.get(0)) ? "" : ",")
                    .append(
                            "{\"ownedDeviceIds\":[],\"keyType\":1,\"startDate\":1,\"startDateSecondary\":1,\"endDate\":2,"
                                    + "\"primaryIds\":[\"")
                    .append(id)
                    .append("\"],\"secondaryIds\":[]}");
        }
        body.append("]}");
        String head = "POST /findmyservice/v2/fetch HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Authorization: "
                + PlainClient.basic(
                        session.get("dsid").asText(),
                        session.get("searchPartyToken").asText())
                + "\r\nX-Apple-I-MD: " + anisette.get("X-Apple-I-MD").asText()
                + "\r\nX-Apple-I-MD-M: " + anisette.get("X-Apple-I-MD-M").asText()
                + "\r\nX-Apple-I-MD-RINFO: 17106176\r\nX-Apple-I-MD-LU: "
                + anisette.get("X-Apple-I-MD-LU").asText()
                + "\r\nX-Mme-Device-Id: " + anisette.get("X-Mme-Device-Id").asText()
                + "\r\nX-Apple-I-Client-Time: " + Instant.now().truncatedTo(ChronoUnit.SECONDS)
                + "\r\nX-Apple-I-TimeZone: UTC\r\nX-Apple-Locale: en_US\r\nContent-Length: " + body.length()
                + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }

    private String call(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(control + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return http.send(request.build(), BodyHandlers.ofString()).body();
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
