package org.trackerreports.systemtests.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.trackerreports.testsupport.TextMessages;

/** A page in a Chromium without a window, spoken to by the browser's own protocol for its developers. Not thread-safe. */
final class BrowserPage implements AutoCloseable {

    private static final long SECONDS = 30;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process browser;
    private final WebSocket socket;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private int calls;

    private BrowserPage(Process browser, URI address) throws Exception {
        this.browser = browser;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, new TextMessages(answers::add))
                .get(SECONDS, TimeUnit.SECONDS);
    }

    /** The browser's program, if it is on the PATH. */
    static Optional<Path> program() {
        return Stream.of(System.getenv("PATH").split(":"))
                .flatMap(path -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(path, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Opens a page.
     *
     * @param profile directory of the browser's files
     */
    static BrowserPage open(Path profile, URI page) throws Exception {
        Process browser = new ProcessBuilder(
                        program().orElseThrow().toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--remote-debugging-port=0",
                        "--remote-allow-origins=*",
                        "--user-data-dir=" + profile,
                        "--window-size=1200,800",
                        page.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return new BrowserPage(browser, debugger(profile.resolve("DevToolsActivePort")));
        } catch (Exception | AssertionError e) {
            browser.destroyForcibly();
            throw e;
        }
    }

    private static URI debugger(Path portFile) throws IOException, InterruptedException {
        await().atMost(Duration.ofSeconds(SECONDS)).until(() -> Files.exists(portFile) && Files.size(portFile) > 0);
        String port = Files.readAllLines(portFile).get(0);
        HttpRequest list = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                .build();
        for (JsonNode target : JSON.readTree(
                HttpClient.newHttpClient().send(list, BodyHandlers.ofString()).body())) {
            if (target.get("type").asText().equals("page")) {
                return URI.create(target.get("webSocketDebuggerUrl").asText());
            }
        }
        throw new IOException("the browser shows no page");
    }

    /** The value of an expression in the page's own language. */
    JsonNode value(String expression) throws IOException, InterruptedException {
        JsonNode answer =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        assertThat(answer.at("/result/exceptionDetails").isMissingNode())
                .as(answer.toString())
                .isTrue();
        return answer.at("/result/result/value");
    }

    /** Gives the page another size, such as that of a telephone. */
    void resize(int width, int height) throws IOException, InterruptedException {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        // Until the page has laid itself out.
        value("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))");
    }

    private JsonNode call(String method, Map<String, Object> parameters) throws IOException, InterruptedException {
        int id = ++calls;
        ObjectNode call = JSON.createObjectNode().put("id", id).put("method", method);
        call.set("params", JSON.valueToTree(parameters));
        socket.sendText(JSON.writeValueAsString(call), true);
        while (true) {
            String text = answers.poll(SECONDS, TimeUnit.SECONDS);
            assertThat(text).as("the browser's answer to " + parameters).isNotNull();
            JsonNode answer = JSON.readTree(text);
            if (answer.path("id").asInt() == id) {
                return answer;
            }
        }
    }

    /** Waits until an expression is true. */
    void awaitTrue(String expression) {
        await().atMost(Duration.ofSeconds(SECONDS))
                .until(() -> value(expression).asBoolean());
    }

    @Override
    public void close() {
        socket.abort();
        // Its helpers, too, write into its directory to the last, which the test then removes.
        List<ProcessHandle> processes = Stream.concat(browser.descendants(), Stream.of(browser.toHandle()))
                .toList();
        browser.destroy();
        processes.forEach(process -> process.onExit()
                .completeOnTimeout(process, SECONDS, TimeUnit.SECONDS)
                .join());
        processes.forEach(ProcessHandle::destroyForcibly);
    }
}
