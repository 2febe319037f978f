package org.trackerreports.systemtests.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.systemtests.tools.ToolProcess.Ended;

/** {@code map}: the page is opened in a real browser without a window. */
@ExtendWith(WithToolWorld.class)
class MapCommandTest {

    private static final String HOSTILE = "</script><script>document.title='taken'</script><b>";

    /** A picture of one transparent dot. */
    private static final byte[] TILE = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    private static final String CONTROLS =
            ".leaflet-control-zoom, .leaflet-control-scale, .leaflet-control-attribution";

    private static final String NO_BROWSER = "the page was not opened: there is no chromium on the PATH";

    private final ToolWorld world;

    @TempDir
    private Path directory;

    MapCommandTest(ToolWorld world) {
        this.world = world;
    }

    @Test
    void thePageNeedsNothingElseAndShowsEveryTracker() throws Exception {
        HistoryCommandsTest.aDayOf(world, "Mapped");
        world.newTracker("Silent", 1, 2);
        HistoryCommandsTest.aDayOf(world, "Named badly");
        long id = world.store().trackers().find("Named badly").orElseThrow().id();
        world.store().trackers().rename(id, HOSTILE);
        Path page = directory.resolve("map.html");
        Ended written = world.tool("map", "Mapped", "Silent", HOSTILE, "-o", page.toString())
                .done();
        assertThat(written.err())
                .contains("48 positions of 3 trackers", "2 of confidence 1 left out, --min-confidence 1 shows them");
        String text = Files.readString(page);
        assertThat(text)
                .contains("default-src 'none'", "Natural Earth", "Vladimir Agafonkin", "Bostock")
                .doesNotContain(HOSTILE, "tile.openstreetmap.org");

        String tiles = "https://tile.openstreetmap.org/{z}/{x}/{y}.png";
        world.tool("map", "Mapped", "-o", directory.resolve("tiles.html").toString(), "--tiles", tiles)
                .done();
        assertThat(Files.readString(directory.resolve("tiles.html")))
                .contains(tiles, "img-src data: https://tile.openstreetmap.org", "© OpenStreetMap contributors");
        Ended wrong = world.tool("map", "Mapped", "-o", page.toString(), "--tiles", "https://example.com/tiles");
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err()).contains("has no {z}");

        assumeTrue(BrowserPage.program().isPresent(), NO_BROWSER);
        try (BrowserPage map = BrowserPage.open(directory.resolve("profile"), page.toUri())) {
            map.awaitTrue("document.body?.dataset.ready === '48'");
            assertThat(map.value("document.title").asText())
                    .isEqualTo("Where the trackers were · Tracker report fetching");
            assertThat(map.value("document.getElementById('summary').textContent")
                            .asText())
                    .isEqualTo("48 positions of 3 trackers");
            assertThat(texts(map, "#trackers .name")).containsExactly("Mapped", "Silent", HOSTILE);
            assertThat(texts(map, "#trackers .note").get(0)).contains("Berlin, DE");
            assertThat(texts(map, "#trackers .note").get(1)).isEqualTo("not seen in this time");
            assertThat(texts(map, ".leaflet-tooltip")).containsExactlyInAnyOrder("Mapped", HOSTILE);
            assertThat(map.value("document.querySelectorAll('canvas').length").asInt())
                    .isPositive();
            assertThat(map.value("performance.getEntriesByType('resource').length")
                            .asInt())
                    .as("nothing is loaded")
                    .isZero();
            assertThat(map.value("document.getElementById('window').value").asText())
                    .as("the first view is a day")
                    .isEqualTo("86400");
            assertThat(overlaps(map, ".leaflet-tooltip", ".leaflet-tooltip"))
                    .as("both trackers are at one place")
                    .isZero();
            useTimeAndList(map);
            nothingCoversTheControls(map);
        }
    }

    /** With the list of a tracker's positions, all trackers stay in theirs. */
    private static void nothingCoversTheControls(BrowserPage map) throws Exception {
        for (int width : new int[] {1200, 390}) {
            map.resize(width, 844);
            double height = map.value("document.getElementById('trackers').clientHeight")
                    .asDouble();
            map.value("document.querySelector('#trackers button').click()");
            assertThat(isVisible(map, "#detail")).isTrue();
            assertThat(map.value("document.getElementById('trackers').clientHeight")
                            .asDouble())
                    .isEqualTo(height);
            assertThat(overlaps(map, CONTROLS, "#panel, #time, #detail"))
                    .as("%d pixels", width)
                    .isZero();
            map.value("document.getElementById('detail-close').click()");
        }
    }

    /** How many pairs of different elements overlap. */
    private static int overlaps(BrowserPage map, String some, String others) throws Exception {
        return map.value("""
            (() => {
                const found = selector => [...document.querySelectorAll(selector)];
                const box = each => each.getBoundingClientRect();
                return found('%s').flatMap(one => found('%s').filter(other => other !== one
                    && box(one).left < box(other).right && box(other).left < box(one).right
                    && box(one).top < box(other).bottom && box(other).top < box(one).bottom)).length;
            })()\
            """.formatted(some, others)).asInt();
    }

    /** As the tile server of OpenStreetMap, which refuses pages that do not say where they come from: those in files. */
    @Test
    void tilesOfAServerThatWantsToKnowThePageAreShownAtAnAddress() throws Exception {
        HistoryCommandsTest.aDayOf(world, "Tiled");
        Set<String> referrers = ConcurrentHashMap.newKeySet();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                String referrer = exchange.getRequestHeaders().getFirst("Referer");
                exchange.getResponseHeaders().set("Content-Type", "image/png");
                if (referrer == null) {
                    exchange.sendResponseHeaders(403, -1);
                    return;
                }
                referrers.add(referrer);
                exchange.sendResponseHeaders(200, TILE.length);
                exchange.getResponseBody().write(TILE);
            }
        });
        server.start();
        String tiles = "http://127.0.0.1:" + server.getAddress().getPort() + "/{z}/{x}/{y}.png";
        Path page = directory.resolve("tiled.html");
        Process serving = world.tool()
                .builder("map", "Tiled", "--serve", "-o", page.toString(), "--tiles", tiles)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = serving.inputReader(StandardCharsets.UTF_8)) {
            URI address = URI.create(out.readLine());
            assertThat(status(address)).isEqualTo(200);
            assertThat(status(address.resolve("/")))
                    .as("without the secret part")
                    .isEqualTo(404);
            assertThat(status(URI.create(address.toString().replace("127.0.0.1", "localhost"))))
                    .as("under another name")
                    .isEqualTo(404);
            assumeTrue(BrowserPage.program().isPresent(), NO_BROWSER);
            try (BrowserPage map = BrowserPage.open(directory.resolve("profile"), page.toUri())) {
                map.awaitTrue("document.getElementById('tiles-refused')?.textContent.includes('map --serve')");
                assertThat(referrers).isEmpty();
            }
            try (BrowserPage map = BrowserPage.open(directory.resolve("profile-2"), address)) {
                map.awaitTrue("document.querySelectorAll('.leaflet-tile-loaded').length > 0");
                assertThat(isVisible(map, "#tiles-refused")).isFalse();
            }
            assertThat(referrers)
                    .as("no more than the origin")
                    .containsExactly(address.resolve("/").toString());
        } finally {
            serving.destroy();
            server.stop(0);
        }
    }

    private static int status(URI address) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static void useTimeAndList(BrowserPage map) throws Exception {
        String latest = texts(map, "#trackers .note").get(0);
        map.value("const slider = document.getElementById('until'); slider.value = 100;"
                + " slider.dispatchEvent(new Event('input'))");
        assertThat(texts(map, "#trackers .note").get(0)).contains("Berlin, DE").isNotEqualTo(latest);
        assertThat(map.value("document.getElementById('when').textContent").asText())
                .contains("(UTC)");

        map.value("document.querySelector('#trackers button').click()");
        assertThat(texts(map, "#sightings li")).hasSize(24);
        assertThat(map.value("document.querySelector('.leaflet-popup')").isNull())
                .isTrue();
        map.value("document.querySelector('#sightings button').click()");
        map.awaitTrue("document.querySelector('.leaflet-popup') !== null");
        assertThat(texts(map, ".leaflet-popup dd").get(2)).isEqualTo("57 m");
        map.value("document.getElementById('detail-close').click()");
        assertThat(isVisible(map, "#detail")).isFalse();
    }

    @Test
    void trackersAreFoundByNameAndAPageWithoutSightingsSaysSo() throws Exception {
        assumeTrue(BrowserPage.program().isPresent(), NO_BROWSER);
        Path keys = directory.resolve("keys");
        world.tool("keys", "generate", "--count", "14", "--name", "found", "--out", keys.toString())
                .done();
        world.tool("trackers", "import", keys.resolve("found-devices.json").toString())
                .done();
        List<String> command = new ArrayList<>(
                List.of("map", "-o", directory.resolve("empty.html").toString()));
        for (int number = 1; number <= 14; number++) {
            command.add("found-" + number);
        }
        Ended empty = world.tool(command.toArray(String[]::new));
        assertThat(empty.exitCode()).isEqualTo(ExitCode.NOTHING_FOUND);
        try (BrowserPage map = BrowserPage.open(
                directory.resolve("profile"), directory.resolve("empty.html").toUri())) {
            map.awaitTrue("document.body?.dataset.ready === '0'");
            assertThat(map.value("document.getElementById('summary').textContent")
                            .asText())
                    .isEqualTo("No position in this time.");
            assertThat(isVisible(map, "#time")).isFalse();
            assertThat(isVisible(map, "#filter")).isTrue();
            map.value("const filter = document.getElementById('filter'); filter.value = 'D-14';"
                    + " filter.dispatchEvent(new Event('input'))");
            assertThat(map.value("[...document.querySelectorAll('#trackers li')].filter(row => row.checkVisibility())"
                                    + ".map(row => row.querySelector('.name').textContent).join()")
                            .asText())
                    .isEqualTo("found-14");
        }
    }

    private static boolean isVisible(BrowserPage map, String element) throws Exception {
        return map.value("document.querySelector('" + element + "').checkVisibility()")
                .asBoolean();
    }

    private static List<String> texts(BrowserPage map, String elements) throws Exception {
        List<String> texts = new ArrayList<>();
        map.value("[...document.querySelectorAll('" + elements + "')].map(each => each.textContent)")
                .forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
