import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a picture of a page that never finishes loading, because it has live events: {@code java Screenshot.java PROFILE FILE THEME READY ADDRESS}. The profile
 * is that of a Chromium that runs with {@code --remote-debugging-port=0}; the picture is taken two seconds after the expression READY is true.
 */
final class Screenshot implements WebSocket.Listener {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern DEBUGGER = Pattern.compile("\"webSocketDebuggerUrl\": *\"([^\"]+/page/[^\"]+)\"");
    private static final Pattern DATA = Pattern.compile("\"data\": *\"([^\"]+)\"");

    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final StringBuilder part = new StringBuilder();
    private final WebSocket socket;
    private int calls;

    private Screenshot(URI debugger) {
        socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(debugger, this).join();
    }

    public static void main(String[] words) throws Exception {
        Screenshot page = new Screenshot(debugger(Path.of(words[0], "DevToolsActivePort")));
        page.call("Emulation.setEmulatedMedia", "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"" + words[2] + "\"}]}");
        page.call("Emulation.setTimezoneOverride", "{\"timezoneId\":\"UTC\"}");
        page.call("Emulation.setLocaleOverride", "{\"locale\":\"en-GB\"}");
        page.call("Emulation.setDeviceMetricsOverride", "{\"width\":1280,\"height\":800,\"deviceScaleFactor\":1,\"mobile\":false}");
        // A page that differs only behind the # would not be loaded again.
        page.call("Page.navigate", "{\"url\":\"about:blank\"}");
        page.call("Page.navigate", "{\"url\":\"" + words[4] + "\"}");
        page.await(words[3]);
        // What moves has arrived then.
        Thread.sleep(2_000);
        Matcher data = DATA.matcher(page.call("Page.captureScreenshot", "{\"format\":\"png\",\"optimizeForSpeed\":false}"));
        if (!data.find()) {
            throw new IOException("the browser gave no picture");
        }
        Files.write(Path.of(words[1]), Base64.getDecoder().decode(data.group(1)));
        page.socket.abort();
        System.exit(0);
    }

    private static URI debugger(Path portFile) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!Files.exists(portFile) || Files.size(portFile) == 0) {
            if (Instant.now().isAfter(end)) {
                throw new IOException("the browser does not start");
            }
            Thread.sleep(100);
        }
        URI list = URI.create("http://127.0.0.1:" + Files.readAllLines(portFile).get(0) + "/json/list");
        String pages = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(list).build(), BodyHandlers.ofString())
                .body();
        Matcher address = DEBUGGER.matcher(pages);
        if (!address.find()) {
            throw new IOException("the browser shows no page: " + pages);
        }
        return URI.create(address.group(1));
    }

    private void await(String ready) throws IOException, InterruptedException {
        String expression = ready.replace("\\", "\\\\").replace("\"", "\\\"");
        Instant end = Instant.now().plus(PATIENCE);
        String answer = "";
        while (!answer.contains("\"value\":true")) {
            if (Instant.now().isAfter(end)) {
                throw new IOException("never true: " + ready + "; " + answer);
            }
            Thread.sleep(200);
            answer = call("Runtime.evaluate", "{\"returnByValue\":true,\"expression\":\"" + expression + "\"}");
        }
    }

    private String call(String method, String parameters) throws IOException, InterruptedException {
        int id = ++calls;
        socket.sendText("{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters + "}", true).join();
        while (true) {
            String answer = answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (answer == null) {
                throw new IOException("the browser does not answer " + method);
            }
            if (answer.startsWith("{\"id\":" + id + ",")) {
                return answer;
            }
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        part.append(text);
        if (last) {
            answers.add(part.toString());
            part.setLength(0);
        }
        from.request(1);
        return null;
    }
}
