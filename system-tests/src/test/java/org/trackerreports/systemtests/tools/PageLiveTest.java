package org.trackerreports.systemtests.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page stays up to date by itself, whatever happens to its server. Each test has a tracker of its own. In a real browser. */
@ExtendWith({WithPage.class, WithToolWorld.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageLiveTest {

    private static final String LOST = "The connection is lost. Trying again …";

    private final OpenPage open;
    private final BrowserPage page;
    private final ToolWorld tools;
    private PageWorld world;

    PageLiveTest(OpenPage open, ToolWorld tools) {
        this.open = open;
        this.page = open.browser;
        this.tools = tools;
    }

    /** Of its own, because its reports change what other tests see. */
    @BeforeAll
    void start() throws Exception {
        world = new PageWorld(tools, "live");
    }

    @AfterAll
    void stop() throws Exception {
        page.open(URI.create("about:blank"));
        world.close();
    }

    @BeforeEach
    void open() throws Exception {
        page.resize(1280, 800);
        page.theme("light");
        world.server.start();
    }

    @AfterEach
    void theSamePageIsStillThere() throws Exception {
        assertThat(page.value("window.mark === 'the same page'").asBoolean())
                .as("no reload")
                .isTrue();
        open.checkNothingLeft(world.address());
    }

    private void openMarked(String rest) throws Exception {
        open.open(world.address().resolve(rest));
        page.value("window.mark = 'the same page'");
    }

    @Test
    void anOpenDayGrowsWithEachReport() throws Exception {
        world.store(PageWorld.UNSEEN, Instant.now().minusSeconds(90), PageWorld.OFFICE);
        openMarked("#t=3");
        page.awaitTrue("document.getElementById('day').textContent === 'Today'"
                + " && document.querySelectorAll('.report').length >= 1");
        int before = page.value("document.querySelectorAll('.report').length").asInt();
        world.store(PageWorld.UNSEEN, Instant.now().minusSeconds(10), PageWorld.OFFICE);
        page.awaitTrue("document.querySelectorAll('.report').length === " + (before + 1));
        assertThat(page.value("document.getElementById('slider').value === document.getElementById('slider').max")
                        .asBoolean())
                .as("the slider stays at now")
                .isTrue();
        assertThat(open.text(".day-who .note")).startsWith("Seen just now");
        assertThat(page.errors()).isEmpty();
    }

    @Test
    void afterARestartOfTheServerThePageHasMissedNothing() throws Exception {
        openMarked("");
        page.awaitTrue("document.querySelectorAll('.row').length === 4");
        world.server.stop();
        page.awaitTrue("document.getElementById('connection').textContent === '" + LOST + "'");
        // Stored while there is no server, and judged by the one that comes.
        world.store(PageWorld.HOSTILE, Instant.now().minusSeconds(3), PageWorld.OFFICE);
        world.server.start();
        page.awaitTrue("document.getElementById('connection').hidden");
        awaitNote(PageWorld.HOSTILE, "· Berlin, DE");
        onlyTheConnectionFailed();
    }

    @Test
    void aFeedThatBeganAnewMakesThePageLoadEverythingAgain() throws Exception {
        openMarked("");
        // Some events, so that the page is further than the new feed will be.
        for (int seconds = 70; seconds >= 60; seconds--) {
            world.store(PageWorld.BIKE, Instant.now().minusSeconds(seconds), PageWorld.HOME);
        }
        awaitNote(PageWorld.BIKE, "· Home");
        world.server.stop();
        page.awaitTrue("document.getElementById('connection').textContent === '" + LOST + "'");
        // As after the database was restored from a copy: the places that the page knows do not exist.
        world.server.execute("TRUNCATE report_feed RESTART IDENTITY; UPDATE feed_cursors SET position = 0, item = 0");
        long restored = world.addPlace("Restored");
        world.store(PageWorld.VAN, Instant.now().minusSeconds(2), PageWorld.OFFICE);
        world.server.start();
        awaitNote(PageWorld.VAN, "· Berlin, DE");
        open.click("#to-places");
        page.awaitTrue(
                "[...document.querySelectorAll('#view-places .name')].some(each => each.textContent === 'Restored')");
        world.server.store().places().remove(restored);
        onlyTheConnectionFailed();
    }

    @Test
    void aServerThatDoesNotAnswerYetIsAskedAgain() throws Exception {
        page.block("*/api/v1/trackers*");
        open.load(world.address());
        page.awaitTrue("document.getElementById('connection')?.textContent === '" + LOST + "'");
        page.value("window.mark = 'the same page'");
        page.block();
        page.awaitTrue("document.body.dataset.ready === '4' && document.getElementById('connection').hidden");
        onlyTheConnectionFailed();
    }

    private void awaitNote(String tracker, String note) throws Exception {
        page.awaitTrue("[...document.querySelectorAll('.row')].some(row => row.querySelector('.name').textContent === "
                + OpenPage.quoted(tracker) + " && row.querySelector('.note').textContent.endsWith("
                + OpenPage.quoted(note) + "))");
    }

    private void onlyTheConnectionFailed() throws Exception {
        List<String> errors = page.errors();
        assertThat(errors).allMatch(error -> error.contains("ERR_") || error.contains("/api/v1/events"));
    }
}
