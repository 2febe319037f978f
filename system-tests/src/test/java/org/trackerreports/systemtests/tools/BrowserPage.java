package org.trackerreports.systemtests.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.trackerreports.testsupport.TextMessages;

/** A page in a Chromium without a window, spoken to by the browser's own protocol for its developers. Not thread-safe. */
public final class BrowserPage implements AutoCloseable {

    private static final long SECONDS = 30;
    private static final int ALT = 1;

    /** One step of the mouse would be a jump, which pages do not take for a drag. */
    private static final int DRAG_STEPS = 8;

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, Integer> KEY_CODES = Map.ofEntries(
            Map.entry("Backspace", 8),
            Map.entry("Tab", 9),
            Map.entry("Enter", 13),
            Map.entry("Escape", 27),
            Map.entry(" ", 32),
            Map.entry("ArrowLeft", 37),
            Map.entry("ArrowUp", 38),
            Map.entry("ArrowRight", 39),
            Map.entry("ArrowDown", 40),
            Map.entry("End", 35),
            Map.entry("Home", 36));

    private final Process browser;
    private final WebSocket socket;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final List<JsonNode> events = new ArrayList<>();
    private int calls;

    private BrowserPage(Process browser, URI address) throws Exception {
        this.browser = browser;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, new TextMessages(answers::add))
                .get(SECONDS, TimeUnit.SECONDS);
    }

    /** The browser's program, if it is on the PATH. */
    public static Optional<Path> program() {
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
    public static BrowserPage open(Path profile, URI page) throws Exception {
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
                        // A page that was left would keep its connections.
                        "--disable-features=BackForwardCache",
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
    public JsonNode value(String expression) throws IOException, InterruptedException {
        JsonNode answer =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        assertThat(answer.at("/result/exceptionDetails").isMissingNode())
                .as(answer.toString())
                .isTrue();
        return answer.at("/result/result/value");
    }

    /** Gives the page another size, such as that of a telephone. */
    public void resize(int width, int height) throws IOException, InterruptedException {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        // Until the page has laid itself out.
        value("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))");
    }

    /** Shows the page as in a system with a dark or a light theme. */
    public void theme(String name) throws IOException, InterruptedException {
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", name))));
    }

    /** Lets the page have another time zone and language than the machine. */
    public void live(String zone, String locale) throws IOException, InterruptedException {
        call("Emulation.setTimezoneOverride", Map.of("timezoneId", zone));
        call("Emulation.setLocaleOverride", Map.of("locale", locale));
    }

    /** Lets requests of these addresses fail, in which * stands for anything; of none, so that all work again. */
    public void block(String... addresses) throws IOException, InterruptedException {
        call("Network.enable", Map.of());
        call("Network.setBlockedURLs", Map.of("urls", List.of(addresses)));
    }

    /** Records from now on what the page asks for and what goes wrong in it; then opens another address. */
    public void openWatched(URI page) throws IOException, InterruptedException {
        for (String domain : List.of("Runtime", "Log", "Network", "Page")) {
            call(domain + ".enable", Map.of());
        }
        // A page asks until the moment it is left, and what it asks belongs to no other.
        open(URI.create("about:blank"));
        awaitTrue("location.href === 'about:blank'");
        events.clear();
        open(page);
    }

    public void open(URI page) throws IOException, InterruptedException {
        call("Page.navigate", Map.of("url", page.toString()));
    }

    /** The addresses that the page asked for since it is watched. */
    public List<URI> requests() throws IOException, InterruptedException {
        return events("Network.requestWillBeSent", "/request/url")
                .map(URI::create)
                .toList();
    }

    /** The status of each answer since the page is watched whose address ends so. */
    public List<String> answers(String end) throws IOException, InterruptedException {
        value("1");
        return events.stream()
                .filter(event -> event.path("method").asText().equals("Network.responseReceived"))
                .map(event -> event.at("/params/response"))
                .filter(answer -> answer.get("url").asText().endsWith(end))
                .map(answer -> answer.get("status").asText())
                .toList();
    }

    /** The bytes of all answers since the page is watched, as they came over the line. */
    public long receivedBytes() throws IOException, InterruptedException {
        value("1");
        return events.stream()
                .filter(event -> event.path("method").asText().equals("Network.loadingFinished"))
                .mapToLong(event -> event.at("/params/encodedDataLength").asLong())
                .sum();
    }

    /** Errors in scripts, on the console, of the network and of the content security policy since the page is watched. */
    public List<String> errors() throws IOException, InterruptedException {
        return Stream.of(
                        events("Runtime.exceptionThrown", "/exceptionDetails/exception/description"),
                        logged(),
                        events("Runtime.consoleAPICalled", "/args/0/value"))
                .flatMap(each -> each)
                .toList();
    }

    /** Hints of the browser to developers are no errors. */
    private Stream<String> logged() throws IOException, InterruptedException {
        value("1");
        return events.stream()
                .filter(event -> event.path("method").asText().equals("Log.entryAdded"))
                .map(event -> event.at("/params/entry"))
                .filter(entry -> entry.get("level").asText().matches("warning|error"))
                // That the page was not drawn within a few seconds says how busy the machine is.
                .filter(entry -> !entry.get("text").asText().contains("was preloaded using link preload but not used"))
                .map(entry ->
                        entry.get("text").asText() + " " + entry.path("url").asText());
    }

    private Stream<String> events(String method, String field) throws IOException, InterruptedException {
        // What the browser has to say comes before the answer.
        value("1");
        return events.stream()
                .filter(event -> event.path("method").asText().equals(method))
                .map(event -> event.at("/params" + field).asText());
    }

    /** Keeps a picture of the whole page, for a person to look at. */
    public void picture(Path file) throws IOException, InterruptedException {
        String png = call("Page.captureScreenshot", Map.of("captureBeyondViewport", true))
                .at("/result/data")
                .asText();
        Files.write(file, Base64.getDecoder().decode(png));
    }

    /** Presses a key, such as "Tab", "ArrowLeft" or "/", where the focus is. */
    public void press(String key) throws IOException, InterruptedException {
        press(key, 0);
    }

    /** The same while the Alt key is held. */
    public void pressWithAlt(String key) throws IOException, InterruptedException {
        press(key, ALT);
    }

    private void press(String key, int modifiers) throws IOException, InterruptedException {
        Map<String, Object> event = new HashMap<>(Map.of("key", key, "code", key.equals(" ") ? "Space" : key));
        Optional.ofNullable(KEY_CODES.get(key)).ifPresent(code -> event.put("windowsVirtualKeyCode", code));
        if (key.equals("Enter")) {
            event.put("text", "\r");
        } else if (key.length() == 1) {
            event.put("text", key);
        }
        event.put("modifiers", modifiers);
        event.put("type", "keyDown");
        call("Input.dispatchKeyEvent", event);
        event.put("type", "keyUp");
        event.remove("text");
        call("Input.dispatchKeyEvent", event);
    }

    /** Types a text where the focus is. */
    public void type(String text) throws IOException, InterruptedException {
        call("Input.insertText", Map.of("text", text));
    }

    /** Presses Enter on the field for files that has the focus, and chooses files in the window that opens. */
    public void chooseFiles(List<Path> files) throws IOException, InterruptedException {
        call("Page.enable", Map.of());
        call("Page.setInterceptFileChooserDialog", Map.of("enabled", true));
        events.removeIf(event -> event.path("method").asText().equals("Page.fileChooserOpened"));
        press("Enter");
        await().atMost(Duration.ofSeconds(SECONDS))
                .until(() -> events("Page.fileChooserOpened", "/backendNodeId")
                        .findAny()
                        .isPresent());
        int field = Integer.parseInt(
                events("Page.fileChooserOpened", "/backendNodeId").findAny().orElseThrow());
        call(
                "DOM.setFileInputFiles",
                Map.of(
                        "backendNodeId",
                        field,
                        "files",
                        files.stream().map(Path::toString).toList()));
        call("Page.setInterceptFileChooserDialog", Map.of("enabled", false));
    }

    /** Presses the main button of the mouse at a point of the page. */
    public void click(double x, double y) throws IOException, InterruptedException {
        drag(x, y, x, y);
    }

    /** Moves the mouse to a point of the page. */
    public void hover(double x, double y) throws IOException, InterruptedException {
        mouse("mouseMoved", x, y, "none");
    }

    /** Moves the mouse from one point of the page to another with its main button pressed. */
    public void drag(double fromX, double fromY, double toX, double toY) throws IOException, InterruptedException {
        hover(fromX, fromY);
        mouse("mousePressed", fromX, fromY, "left");
        for (int step = 1; step <= DRAG_STEPS && (fromX != toX || fromY != toY); step++) {
            double share = (double) step / DRAG_STEPS;
            mouse("mouseMoved", fromX + share * (toX - fromX), fromY + share * (toY - fromY), "left");
        }
        mouse("mouseReleased", toX, toY, "left");
    }

    private void mouse(String type, double x, double y, String button) throws IOException, InterruptedException {
        call(
                "Input.dispatchMouseEvent",
                Map.of(
                        "type",
                        type,
                        "x",
                        x,
                        "y",
                        y,
                        "button",
                        button,
                        "clickCount",
                        type.equals("mouseMoved") ? 0 : 1));
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
            events.add(answer);
        }
    }

    /** Waits until an expression is true; if it stays false, the failure shows the page. */
    public void awaitTrue(String expression) {
        try {
            await().atMost(Duration.ofSeconds(SECONDS))
                    .until(() -> value(expression).asBoolean());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("not true in time: " + expression + "\n" + shown(), e);
        }
    }

    /** The address, the element with the focus, and the text. */
    private String shown() {
        try {
            return value("[location.href, document.activeElement?.outerHTML.slice(0, 300), document.body?.innerText]"
                            + ".join('\\n')")
                    .asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
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
