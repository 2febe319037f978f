package org.trackerreports.systemtests.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ten thousand trackers behind a token, on a street map of the user's own. In a real browser. */
@ExtendWith({WithPage.class, WithToolWorld.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageFleetTest {

    /** Only groups are of this blue and not small. */
    private static final String GROUP = "r === 36 && g === 97 && b === 224";

    /** How often the page has had groups. */
    private static final String ASKED =
            "performance.getEntriesByType('resource').filter(each => each.name.includes('/positions')).length";

    /** Where the uppermost group to the right of the list is on the screen: some points below its upper edge. */
    private static final String FIRST_GROUP =
            "(() => { const {width, height, data: all} = (" + OpenPage.PICTURE + ")();"
                    + " const is = (x, y) => { const at = 4 * (y * width + x); return all[at] === 36 && all[at + 1] === 97 && all[at + 2] === 224; };"
                    + " for (let y = 20; y < height - 20; y++) for (let x = 420; x < width - 90; x++)"
                    + " if (is(x, y) && is(x, y + 5) && is(x - 3, y + 8) && is(x + 3, y + 8)) return [x, y + 8]; return null; })()";

    /** The pixels of the tiles under everything. */
    private static final String TILES = "[...document.querySelectorAll('.leaflet-tile-pane canvas')].map(tile => {"
            + " const copy = Object.assign(document.createElement('canvas'), {width: tile.width, height: tile.height});"
            + " const context = copy.getContext('2d', {willReadFrequently: true}); context.drawImage(tile, 0, 0);"
            + " return context.getImageData(0, 0, copy.width, copy.height).data; })";

    private final OpenPage open;
    private final BrowserPage page;
    private final ToolWorld tools;
    private PageFleet fleet;

    PageFleetTest(OpenPage open, ToolWorld tools) {
        this.open = open;
        this.page = open.browser;
        this.tools = tools;
    }

    @BeforeAll
    void start() throws Exception {
        fleet = new PageFleet(tools);
        page.resize(1280, 800);
        page.theme("light");
    }

    @AfterAll
    void stop() throws Exception {
        page.open(URI.create("about:blank"));
        fleet.close();
    }

    @Test
    void aTokenOpensThePageOnce() throws Exception {
        openSignedIn("");
        page.value("fetch('logout', {method: 'POST'}).then(answer => answer.status)");
        open.load(fleet.address());
        page.awaitTrue("document.getElementById('token') !== null");
        assertThat(page.value("document.activeElement.id").asText()).isEqualTo("token");
        assertThat(page.errors()).isEmpty();

        enterToken("trt_wrong");
        page.awaitTrue("document.getElementById('login-trouble')?.checkVisibility() === true");
        assertThat(open.text("#login-trouble")).isNotBlank();
        assertThat(page.value("document.querySelectorAll('.row').length").asInt())
                .isZero();

        enterToken(fleet.token());
        page.awaitTrue("document.body?.dataset.ready === '" + PageFleet.TRACKERS + "'");
        assertThat(open.isVisible("#login")).isFalse();
        // No script can read it.
        assertThat(page.value("document.cookie").asText()).isEmpty();
        assertThat(page.value("JSON.stringify(localStorage) + location.href").asText())
                .doesNotContain(fleet.token());

        open.open(fleet.address());
        assertThat(page.errors()).isEmpty();
    }

    private void openSignedIn(String rest) throws Exception {
        open.load(fleet.address().resolve(rest));
        page.awaitTrue("document.body?.dataset.ready !== undefined || document.getElementById('token') !== null");
        if (page.value("document.getElementById('token') !== null").asBoolean()) {
            enterToken(fleet.token());
        }
        page.awaitTrue("document.body?.dataset.ready === '" + PageFleet.TRACKERS + "'");
    }

    private void enterToken(String token) throws Exception {
        page.value("document.getElementById('token').value = '" + token + "'");
        page.value("document.querySelector('.login-card').requestSubmit()");
    }

    @Test
    void theListHoldsTenThousandAndSearchNarrowsIt() throws Exception {
        openSignedIn("");
        assertThat(open.text(".list-count")).isEqualTo("10,000 trackers");
        assertThat(open.text(".row .name")).isEqualTo(PageFleet.name(1));
        assertThat(page.value("document.querySelectorAll('.row').length").asInt())
                .as("rows in the document")
                .isLessThan(60);

        page.value("document.querySelector('.row-open').focus()");
        page.press("End");
        page.awaitTrue("document.activeElement.querySelector('.name')?.textContent === '"
                + PageFleet.name(PageFleet.TRACKERS) + "'");

        open.enter("#search", "parcel 0123");
        page.awaitTrue("document.querySelector('.list-count').textContent === '10 trackers of 10,000'");
        assertThat(open.texts(".row .name"))
                .hasSize(10)
                .allSatisfy(name -> assertThat(name).startsWith("Parcel 0123"));

        open.enter("#search", "");
        open.choose("select[aria-label=Label]", "town=7");
        page.awaitTrue("document.querySelector('.list-count').textContent === '100 trackers of 10,000'");
    }

    @Test
    void theMapShowsGroupsAndAClickOpensThem() throws Exception {
        openSignedIn("");
        page.awaitTrue(open.pixels(GROUP) + " > 5000");
        JsonNode group = page.value(FIRST_GROUP);
        page.hover(group.get(0).asDouble(), group.get(1).asDouble());
        page.awaitTrue("/^[\\d,]+ trackers/.test(document.getElementById('tip').textContent)");

        // Each click comes nearer, until single trackers are there.
        int clicks = 0;
        for (JsonNode next = group; !next.isNull(); next = page.value(FIRST_GROUP)) {
            assertThat(++clicks).isLessThan(8);
            double zoom = zoom();
            int asked = page.value(ASKED).asInt();
            page.click(next.get(0).asDouble(), next.get(1).asDouble());
            page.awaitTrue("Number(/z=([\\d.]+)/.exec(location.hash)?.[1] ?? 0) > " + zoom);
            page.awaitTrue(ASKED + " > " + asked);
            open.awaitStill("canvas.stage");
        }
        assertThat(clicks).isPositive();
        assertThat(page.value(open.pixels("a > 250")).asInt()).as("trackers").isGreaterThan(500);
        open.checkNothingWentWrong(fleet.address());
    }

    private double zoom() throws Exception {
        return page.value("Number(/z=([\\d.]+)/.exec(location.hash)?.[1] ?? 0)").asDouble();
    }

    @Test
    void streetsComeFromTheUsersFileInParts() throws Exception {
        // Nearer than the tiles of the file, so that these are enlarged.
        openSignedIn("#z=15/48.00000/10.03000");
        page.awaitTrue(TILES + ".some(all => { for (let at = 0; at < all.length; at += 4)"
                + " if (all[at] === 255 && all[at + 1] === 255 && all[at + 2] === 255 && all[at + 3] === 255) return true;"
                + " return false; })");
        List<String> sizes = page.answers("basemap.pmtiles");
        assertThat(sizes).isNotEmpty().allSatisfy(status -> assertThat(status).isEqualTo("206"));
        assertThat(open.text(".leaflet-control-attribution")).contains("OpenStreetMap");
        open.checkNothingWentWrong(fleet.address());

        page.theme("dark");
        page.awaitTrue(TILES + ".every(([r, g, b]) => r + g + b < 300)");
        page.theme("light");
    }
}
