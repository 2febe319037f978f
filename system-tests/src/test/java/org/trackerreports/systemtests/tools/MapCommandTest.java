package org.trackerreports.systemtests.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.fetcher.ExitCode;
import org.trackerreports.systemtests.tools.ToolProcess.Ended;

/** {@code map}: the page is opened in a real browser without a window. */
@ExtendWith(WithToolWorld.class)
class MapCommandTest {

    private static final String HOSTILE = "</script><script>document.title='taken'</script><b>";

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
        assertThat(written.err()).contains("48 sightings of 3 trackers");
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

        assertThat(opened(page))
                .contains("data-ready=\"48\"")
                .contains("48 sightings of 3 trackers")
                .contains("<span class=\"name\">Mapped</span>")
                .contains("<span class=\"name\">Silent</span>")
                .contains(
                        "<span class=\"name\">&lt;/script&gt;&lt;script&gt;document.title='taken'&lt;/script&gt;&lt;b&gt;</span>")
                .contains("not seen in this time", "Berlin, DE")
                .contains("<title>Where the trackers were</title>")
                .contains("leaflet-tooltip", "<canvas");
    }

    /** The page as the browser has it after its scripts have run. */
    private String opened(Path page) throws IOException, InterruptedException {
        Optional<Path> browser = browser();
        assumeTrue(browser.isPresent(), "the page was not opened: there is no chromium on the PATH");
        List<String> command = new ArrayList<>(List.of(
                browser.get().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + directory.resolve("profile"),
                "--window-size=1200,800",
                "--virtual-time-budget=3000",
                "--dump-dom",
                page.toUri().toString()));
        Path out = directory.resolve("dom.html");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the browser did not end");
        }
        return Files.readString(out);
    }

    private static Optional<Path> browser() {
        return Stream.of(System.getenv("PATH").split(":"))
                .flatMap(path -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(path, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
