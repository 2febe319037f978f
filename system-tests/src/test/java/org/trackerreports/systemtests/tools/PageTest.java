package org.trackerreports.systemtests.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The page of the server in a real browser without a window. After each test: no error in it, and no request of another server. */
@ExtendWith(WithToolWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageTest {

    /** What comes over the line until the list is there, without the outlines and names of the map. */
    private static final long MAX_FIRST_BYTES = 400_000;

    private final ToolWorld tools;
    private PageWorld world;
    private BrowserPage page;
    private String day;

    PageTest(ToolWorld tools) {
        this.tools = tools;
    }

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        assumeTrue(BrowserPage.program().isPresent(), "the page was not opened: there is no chromium on the PATH");
        world = new PageWorld(tools);
        day = world.yesterday.atOffset(ZoneOffset.UTC).toLocalDate().toString();
        page = BrowserPage.open(directory.resolve("profile"), URI.create("about:blank"));
        page.live("UTC", "en-GB");
    }

    @AfterAll
    void stop() {
        if (page != null) {
            page.close();
        }
        if (world != null) {
            world.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        page.resize(1280, 800);
        page.theme("light");
        open("");
    }

    private void open(String rest) throws Exception {
        page.open(URI.create("about:blank"));
        page.openWatched(world.address().resolve(rest));
        page.awaitTrue("document.body?.dataset.ready !== undefined");
    }

    @AfterEach
    void nothingWentWrongAndNothingLeftTheOrigin() throws Exception {
        assertThat(page.errors()).isEmpty();
        assertThat(page.requests())
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.getAuthority())
                        .isEqualTo(world.address().getAuthority()));
        assertThat(text("title")).doesNotContain("taken");
    }

    @Test
    void theListIsThereAtOnceAndShowsANewReportByItself() throws Exception {
        assertThat(texts(".row .name")).containsExactly(PageWorld.BIKE, PageWorld.HOSTILE, PageWorld.UNSEEN);
        assertThat(texts(".row .note").get(0)).startsWith("Seen ").endsWith(" h ago · Berlin, DE");
        assertThat(texts(".row .note").get(1)).startsWith("Seen ").endsWith(" · Home");
        assertThat(texts(".row .badge").get(0)).isEqualTo("In Home, which has alerts");
        assertThat(texts(".row .note").get(2)).isEqualTo("Not seen yet");
        assertThat(page.receivedBytes()).isPositive().isLessThan(MAX_FIRST_BYTES);

        world.store(PageWorld.UNSEEN, Instant.now().minusSeconds(120), PageWorld.OFFICE);
        page.awaitTrue("document.querySelector('.row .name').textContent === '" + PageWorld.UNSEEN + "'"
                + " && document.querySelector('.row .note').textContent === 'Seen 2 min ago · Berlin, DE'");
        assertThat(page.value("performance.getEntriesByType('navigation').length")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void aTrackersDayIsShownChangedAndPlayed() throws Exception {
        open("#t=1&d=" + day);
        page.awaitTrue("document.querySelector('.timeline') !== null");
        assertThat(text(".day-title")).isEqualTo(PageWorld.BIKE);
        assertThat(text("#day")).isEqualTo("Yesterday");
        assertThat(texts(".fact")).contains("29reports", "2stays");
        assertThat(texts(".timeline .name")).containsSubsequence("Home", "Left Home", "No report", "Berlin, DE");
        assertThat(text(".timeline-row.gap .note")).startsWith("07:50 – 13:00").endsWith("5 h 10 min");

        click("#day-before");
        page.awaitTrue("document.querySelectorAll('.report').length === 1");
        assertThat(page.value("location.hash").asText())
                .contains(
                        "t=1", "d=" + world.yesterday.minusSeconds(1).toString().substring(0, 10));
        click("#next-day");
        page.awaitTrue("document.querySelectorAll('.report').length === 29");

        page.value("const slider = document.getElementById('slider');"
                + "slider.value = Number(slider.min) + 7.5 * 3600; slider.dispatchEvent(new Event('input'))");
        assertThat(text(".clock")).isEqualTo("07:30:00");
        click("#play");
        page.awaitTrue("document.querySelector('.clock').textContent > '07:35:00'");
        click("#play");
        assertThat(page.value("document.getElementById('play').ariaLabel").asText())
                .isEqualTo("Play");

        click("#day");
        page.awaitTrue("document.querySelectorAll('.calendar-day.has-data').length >= 1");
        assertThat(page.value("document.querySelector('[aria-current=date]').dataset.day")
                        .asText())
                .isEqualTo(day);
        assertThat(page.value("document.querySelector('[aria-current=date]').ariaLabel")
                        .asText())
                .endsWith(", 29 reports");
        page.press("Escape");
        assertThat(isVisible(".calendar")).isFalse();
    }

    @Test
    void onATelephoneAndInTheDarkNothingLiesBesideThePage() throws Exception {
        page.resize(390, 844);
        page.theme("dark");
        for (String view : List.of("", "#t=1,2&d=" + day, "#v=places", "#v=places&p=new", "#v=shares")) {
            open(view);
            assertThat(page.value("document.documentElement.scrollWidth").asInt())
                    .as(view)
                    .isEqualTo(390);
            assertThat(page.value("document.getElementById('panel').getBoundingClientRect().top")
                            .asDouble())
                    .as("the map has room: %s", view)
                    .isGreaterThan(300);
        }
        assertThat(page.value("getComputedStyle(document.getElementById('panel')).backgroundColor")
                        .asText())
                .isEqualTo("rgb(21, 25, 31)");
        assertThat(page.value("[...document.querySelectorAll('button')].filter(button => button.checkVisibility())"
                                + ".every(button => button.getBoundingClientRect().right <= 390)")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void theKeyboardAloneReachesEverything() throws Exception {
        Set<String> reached = tabStops();
        assertThat(reached)
                .contains(
                        "Places", "Share links", "Search trackers", "Order", "Label", "Together", "Layers", "Show all")
                .contains("Zoom in", "Zoom out", "Map. The list has everything that it shows.");
        page.press("/");
        assertThat(focused()).isEqualTo("Search trackers");
        page.press("ArrowDown");
        page.press("ArrowDown");
        page.press("ArrowUp");
        page.press("Enter");
        page.awaitTrue(
                "document.querySelector('#view-day:not([hidden]) .timeline, #view-day:not([hidden]) .empty') !== null");
        assertThat(tabStops())
                .contains(
                        "Back to all trackers",
                        "Day before",
                        "Play",
                        "Speed",
                        "Time of day",
                        "The map follows",
                        "Share");
        page.value("document.activeElement.blur()");
        String before = text("#day");
        page.press("ArrowLeft");
        page.awaitTrue("document.getElementById('day').textContent !== '" + before + "'");
        page.press("ArrowRight");
        page.awaitTrue("document.getElementById('day').textContent === '" + before + "'");
        page.press("Escape");
        page.awaitTrue("!document.getElementById('view-list').hidden");
    }

    @Test
    void aPlaceIsDrawnByKeyboardAndListed() throws Exception {
        open("#v=places&p=new");
        page.value("document.querySelector('.form input[type=text]').value = 'Workshop'");
        page.value("document.querySelector('.form').requestSubmit()");
        page.awaitTrue(
                "document.querySelector('.day-title')?.textContent !== null"
                        + " && [...document.querySelectorAll('#view-places h2')].some(title => title.textContent === 'Workshop')");
        open("#v=places");
        assertThat(texts("#view-places .name")).containsExactly("Home", "Workshop");
        click("#view-places .moment");
        page.awaitTrue("document.querySelector('#view-places .timeline-row') !== null");
        assertThat(texts("#view-places .timeline-row .name")).contains("Bike left");
    }

    @Test
    void aShareLinkShowsOnlyWhatWasShared() throws Exception {
        open("#t=1&d=" + day);
        page.awaitTrue("document.querySelector('.timeline') !== null");
        click("[aria-label=Share]");
        page.value("document.querySelector('#dialog form').requestSubmit()");
        page.awaitTrue("document.getElementById('share-link') !== null");
        String link = page.value("document.getElementById('share-link').value").asText();

        open(link.substring(world.address().toString().length()));
        assertThat(texts("#shared .moment .name")).containsExactly(PageWorld.BIKE);
        assertThat(page.value("document.querySelectorAll('.report').length").asInt())
                .isEqualTo(29);
        assertThat(page.requests().stream().map(URI::getPath).filter(path -> path.contains("/api/")))
                .isEmpty();
        assertThat(page.value("document.documentElement.outerHTML").asText()).doesNotContain("Unseen", "onerror");

        open("#v=shares");
        page.awaitTrue("document.querySelector('.share-row .button') !== null");
        click(".share-row .button");
        page.awaitTrue("document.querySelector('.share-row') === null");
        page.open(URI.create(link));
        page.awaitTrue("document.body?.textContent.includes('This link has ended')");
        // The answer that says so is an error to the browser.
        page.openWatched(world.address());
    }

    /** What the Tab key reaches from the beginning of the page, by its name. */
    private Set<String> tabStops() throws Exception {
        page.value("document.activeElement.blur(); window.scrollTo(0, 0)");
        Set<String> stops = new LinkedHashSet<>();
        for (int press = 0; press < 45; press++) {
            page.press("Tab");
            stops.add(focused());
        }
        return stops;
    }

    private String focused() throws Exception {
        return page.value("document.activeElement.ariaLabel ?? document.activeElement.textContent")
                .asText();
    }

    private void click(String element) throws Exception {
        page.value("document.querySelector('" + element + "').click()");
    }

    private String text(String element) throws Exception {
        return page.value("document.querySelector('" + element + "').textContent")
                .asText();
    }

    private boolean isVisible(String element) throws Exception {
        return page.value("document.querySelector('" + element + "').checkVisibility()")
                .asBoolean();
    }

    private List<String> texts(String elements) throws Exception {
        List<String> texts = new ArrayList<>();
        JsonNode found = page.value("[...document.querySelectorAll('" + elements + "')].map(each => each.textContent)");
        found.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
