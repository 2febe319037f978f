package org.trackerreports.systemtests.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page of the server in a real browser without a window. After each test: no error in it, and no request of another server. */
@ExtendWith(WithPage.class)
class PageTest {

    /** What comes over the line until the list is there, without the outlines and names of the map. */
    private static final long MAX_FIRST_BYTES = 400_000;

    private final OpenPage open;
    private final BrowserPage page;
    private final PageWorld world;
    private final String day;

    PageTest(OpenPage open) {
        this.open = open;
        this.page = open.browser;
        this.world = open.world;
        this.day = world.day();
    }

    @BeforeEach
    void open() throws Exception {
        page.resize(1280, 800);
        page.theme("light");
        open("");
    }

    private void open(String rest) throws Exception {
        open.open(world.address().resolve(rest));
    }

    @AfterEach
    void nothingWentWrongAndNothingLeftTheOrigin() throws Exception {
        open.checkNothingWentWrong(world.address());
        assertThat(open.text("title")).doesNotContain("taken");
    }

    @Test
    void theListIsThereAtOnceAndShowsANewReportByItself() throws Exception {
        assertThat(open.texts(".row .name"))
                .containsExactly(PageWorld.BIKE, PageWorld.VAN, PageWorld.HOSTILE, PageWorld.UNSEEN);
        assertThat(open.texts(".row .note").get(0)).startsWith("Seen ").endsWith(" h ago · Berlin, DE");
        assertThat(open.texts(".row .note").get(1)).startsWith("Seen ").endsWith(" · Home");
        assertThat(open.texts(".row .badge").get(0)).isEqualTo("In Home, which has alerts");
        assertThat(open.texts(".row .note").get(3)).isEqualTo("Not seen yet");
        assertThat(page.receivedBytes()).isPositive().isLessThan(MAX_FIRST_BYTES);
        // Modules that the page does not name at once would come only after those that import them.
        assertThat(page.value("performance.getEntriesByType('resource').map(each => each.name)"
                                + ".filter(name => name.endsWith('.js') && !/(main|leaflet)\\.js$/.test(name)"
                                + " && !document.querySelector('link[rel=modulepreload][href=\"' + name.split('/').pop() + '\"]'))"
                                + ".join()")
                        .asText())
                .isEmpty();

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
        assertThat(open.text(".day-title")).isEqualTo(PageWorld.BIKE);
        assertThat(open.text("#day")).isEqualTo("Yesterday");
        assertThat(open.texts(".fact")).contains("29reports", "2stays");
        assertThat(open.texts(".timeline .name")).containsSubsequence("Home", "Left Home", "No report", "Berlin, DE");
        assertThat(open.text(".timeline-row.gap .note"))
                .startsWith("07:50 – 13:00")
                .endsWith("5 h 10 min");

        assertThat(page.value("fetch(document.querySelector('.downloads a').href).then(answer => answer.text())")
                        .asText()
                        .split("<trkpt"))
                .as("points of the GPX file")
                .hasSize(30);

        open.click("#day-before");
        page.awaitTrue("document.querySelectorAll('.report').length === 1");
        assertThat(page.value("location.hash").asText())
                .contains(
                        "t=1", "d=" + world.yesterday.minusSeconds(1).toString().substring(0, 10));
        open.click("#next-day");
        page.awaitTrue("document.querySelectorAll('.report').length === 29");

        page.value("const slider = document.getElementById('slider');"
                + "slider.value = Number(slider.min) + 7.5 * 3600; slider.dispatchEvent(new Event('input'))");
        assertThat(open.text(".clock")).isEqualTo("07:30:00");
        open.click("#play");
        page.awaitTrue("document.querySelector('.clock').textContent > '07:35:00'");
        open.click("#play");
        assertThat(page.value("document.getElementById('play').ariaLabel").asText())
                .isEqualTo("Play");

        open.click("#day");
        page.awaitTrue("document.querySelectorAll('.calendar-day.has-data').length >= 1");
        assertThat(page.value("document.querySelector('[aria-current=date]').dataset.day")
                        .asText())
                .isEqualTo(day);
        assertThat(page.value("document.querySelector('[aria-current=date]').ariaLabel")
                        .asText())
                .endsWith(", 29 reports");
        page.press("Escape");
        assertThat(open.isVisible(".calendar")).isFalse();
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
        // The last stop may be the search, where a slash is text.
        page.value("document.activeElement.blur()");
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
        String before = open.text("#day");
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
        assertThat(open.texts("#view-places .name")).containsExactly("Home", "Workshop");
        open.click("#view-places .moment");
        page.awaitTrue("document.querySelector('#view-places .timeline-row') !== null");
        assertThat(open.texts("#view-places .timeline-row .name")).contains("Bike left");
    }

    @Test
    void aShareLinkShowsOnlyWhatWasShared() throws Exception {
        open("#t=1&d=" + day);
        page.awaitTrue("document.querySelector('.timeline') !== null");
        open.click("[aria-label=Share]");
        page.value("document.querySelector('#dialog form').requestSubmit()");
        page.awaitTrue("document.getElementById('share-link') !== null");
        String link = page.value("document.getElementById('share-link').value").asText();

        open(link.substring(world.address().toString().length()));
        assertThat(open.texts("#shared .plain-list .name")).containsExactly(PageWorld.BIKE);
        assertThat(page.value("document.querySelectorAll('.report').length").asInt())
                .isEqualTo(29);
        // What the map shows is in the list, too.
        assertThat(open.texts("#shared .timeline .name")).containsExactly("Stay", "No report", "Stay");
        assertThat(page.requests().stream().map(URI::getPath).filter(path -> path.contains("/api/")))
                .isEmpty();
        assertThat(page.value("document.documentElement.outerHTML").asText()).doesNotContain("Unseen", "onerror");

        open("#v=shares");
        page.awaitTrue("document.querySelector('.share-row .button') !== null");
        open.click(".share-row .button");
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
}
