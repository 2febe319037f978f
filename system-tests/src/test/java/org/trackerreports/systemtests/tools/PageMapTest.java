package org.trackerreports.systemtests.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a user does with list and map: layers, several trackers, labels, an order of one's own, places. In a real browser. */
@ExtendWith(WithPage.class)
class PageMapTest {

    /** Coloured by heat: from yellow to red. Trackers and places of this world are blue, violet and green. */
    private static final String HEAT = "a > 60 && r > 180 && r > b + 60 && g < 230";

    /** The violet of the van, even where it fades. */
    private static final String VAN = "a > 100 && r > g + 40 && b > g + 40 && b > r";

    /** The red of the crosses. */
    private static final String CROSS = "a > 200 && r > 180 && g < 80 && b < 80";

    private final OpenPage open;
    private final BrowserPage page;
    private final PageWorld world;

    PageMapTest(OpenPage open) {
        this.open = open;
        this.page = open.browser;
        this.world = open.world;
    }

    @BeforeEach
    void open() throws Exception {
        page.resize(1280, 800);
        page.theme("light");
        open("");
        page.value("localStorage.clear()");
    }

    private void open(String rest) throws Exception {
        open.open(world.address().resolve(rest));
    }

    @AfterEach
    void nothingWentWrong() throws Exception {
        open.checkNothingWentWrong(world.address());
    }

    @Test
    void heatShowsWhereTheTrackerWasAlsoWhenThePageOpensWithIt() throws Exception {
        open("#t=1&d=" + world.day());
        page.awaitTrue("document.querySelector('.timeline') !== null");
        assertThat(page.value(open.pixels(HEAT)).asInt()).isZero();

        open.click("#layer-heat");
        page.awaitTrue(open.pixels(HEAT) + " > 50");
        assertThat(open.state()).contains("l=places,circles,heat");

        open(open.state());
        page.awaitTrue(open.pixels(HEAT) + " > 50");
        open.click("#layer-heat");
        page.awaitTrue(open.pixels(HEAT) + " === 0");
    }

    @Test
    void flaggedReportsAreShownOnlyOnDemand() throws Exception {
        open("#t=4&d=" + world.day());
        page.awaitTrue("document.querySelectorAll('.report').length === 12");
        assertThat(open.texts(".report .note")).noneMatch(note -> note.contains("too fast"));

        open.click("#layer-flags");
        page.awaitTrue("document.querySelectorAll('.report').length === 13");
        assertThat(open.texts(".report .note")).anyMatch(note -> note.endsWith("too fast") || note.endsWith("spike"));
        assertThat(open.texts(".fact")).contains("12reports");
        // On the map it is a cross.
        page.value(
                "[...document.querySelectorAll('.report')].find(each => /too fast|spike/.test(each.textContent)).click()");
        page.awaitTrue(open.pixels(CROSS) + " > 5");

        open.click("#layer-flags");
        page.awaitTrue("document.querySelectorAll('.report').length === 12");
        page.awaitTrue(open.pixels(CROSS) + " === 0");
    }

    @Test
    void severalTrackersAreReplayedTogether() throws Exception {
        page.value("[...document.querySelectorAll('.chip')].find(each => each.textContent === 'Together').click()");
        for (String name : List.of(PageWorld.BIKE, PageWorld.VAN)) {
            page.value("[...document.querySelectorAll('.row-open')]"
                    + ".find(each => each.querySelector('.name').textContent === '" + name + "').click()");
        }
        assertThat(open.text(".together-bar span")).isEqualTo("2 chosen");
        open.click(".together-bar .primary");
        page.awaitTrue("document.querySelector('.timeline') !== null");
        assertThat(open.text(".day-title")).isEqualTo("2 trackers");
        assertThat(open.texts(".tracker-chip")).containsExactly(PageWorld.BIKE, PageWorld.VAN);
        assertThat(open.texts(".facts-line strong")).containsExactly(PageWorld.BIKE, PageWorld.VAN);
        assertThat(open.state()).contains("t=1,4");

        open.choose("#speed", "1800");
        slide(8);
        page.awaitTrue(open.pixels(VAN) + " > 50");
        open.click("#play");
        // The van arrives at ten to ten.
        page.awaitTrue("document.querySelector('.clock').textContent > '09:50:00'");
        open.click("#play");
        slide(23.75);
        open.click("#play");
        page.awaitTrue("document.getElementById('play').ariaLabel === 'Play'");
        assertThat(open.text(".clock")).isEqualTo("23:59:59");

        open.click("[aria-label='Leave out Bike']");
        page.awaitTrue("document.querySelector('.day-title').textContent === 'Van'");
        assertThat(open.state()).contains("t=4");
    }

    @Test
    void aLabelNarrowsListMapAndOrder() throws Exception {
        assertThat(open.texts("select[aria-label=Label] option"))
                .containsExactly("All labels", "client: Anna (1)", "client: Ben (1)");
        open.choose("select[aria-label=Label]", "client=Ben");
        open.awaitTexts(".row .name", PageWorld.VAN);
        page.awaitTrue(open.pixels(VAN) + " > 50");
        assertThat(open.text(".list-count")).isEqualTo("1 tracker of 4");
        assertThat(open.state()).contains("f=client%3DBen");

        open.choose("select[aria-label=Label]", "client=Anna");
        open.awaitTexts(".row .name", PageWorld.BIKE);
        page.awaitTrue(open.pixels(VAN) + " === 0");
        open(open.state());
        open.awaitTexts(".row .name", PageWorld.BIKE);
        open.enter("#search", "van");
        page.awaitTrue("document.querySelector('.list-count').textContent === 'No tracker matches.'");
        open.enter("#search", "");
        open.choose("select[aria-label=Label]", "");
        page.awaitTrue("document.querySelectorAll('.row').length === 4");
    }

    @Test
    void anOrderOfOnesOwnIsMadeByDraggingAndByKeyboardAndStays() throws Exception {
        open.choose("select[aria-label=Order]", "own");
        open.awaitTexts(".row .name", PageWorld.HOSTILE, PageWorld.BIKE, PageWorld.UNSEEN, PageWorld.VAN);
        double[] van = open.middle("[aria-label='Drag Van to its place']");
        double[] bike = open.middle("[aria-label='Drag Bike to its place']");
        page.drag(van[0], van[1], bike[0], bike[1]);
        open.awaitTexts(".row .name", PageWorld.HOSTILE, PageWorld.VAN, PageWorld.BIKE, PageWorld.UNSEEN);

        page.value("document.querySelector('.row-open[tabindex=\"0\"]').focus()");
        page.press("Home");
        page.pressWithAlt("ArrowDown");
        open.awaitTexts(".row .name", PageWorld.VAN, PageWorld.HOSTILE, PageWorld.BIKE, PageWorld.UNSEEN);
        assertThat(open.text("#announcements")).endsWith(" is now number 2 of 4");
        assertThat(page.value("document.activeElement.querySelector('.name').textContent")
                        .asText())
                .isEqualTo(PageWorld.HOSTILE);

        // What a label hides keeps its place.
        open.choose("select[aria-label=Label]", "client=Anna");
        open.awaitTexts(".row .name", PageWorld.BIKE);
        open("#s=own");
        open.awaitTexts(".row .name", PageWorld.VAN, PageWorld.HOSTILE, PageWorld.BIKE, PageWorld.UNSEEN);
    }

    @Test
    void aPlaceIsMovedAndSizedWithTheMouse() throws Exception {
        open("#v=places&p=1&z=15/52.50000/13.40000");
        open.click("[aria-label='Change this place']");
        page.awaitTrue("document.querySelector('.handle-edge') !== null");
        open.awaitStill(".handle-edge");
        assertThat(field("Radius in metres")).isEqualTo(400);
        double[] edge = open.middle(".handle-edge");
        double[] middle = open.middle(".handle-middle");
        page.drag(edge[0], edge[1], middle[0] + 2 * (edge[0] - middle[0]), edge[1]);
        assertThat(field("Radius in metres")).isBetween(780.0, 820.0);
        // Its edge follows its middle.
        page.drag(middle[0], middle[1], middle[0], middle[1] - 50);
        assertThat(field("Latitude")).isGreaterThan(52.501);
        assertThat(open.middle(".handle-edge")[1]).isLessThan(edge[1] - 40);

        page.value("document.querySelector('.form').requestSubmit()");
        page.awaitTrue("document.querySelector('.form') === null");
        JsonPlace saved = saved();
        assertThat(saved.radius()).isBetween(780.0, 820.0);
        assertThat(saved.latitude()).isGreaterThan(52.501);

        // As it was, for the other tests.
        open.click("[aria-label='Change this place']");
        page.awaitTrue("document.querySelector('.handle-edge') !== null");
        page.value("for (const [name, value] of [['Radius in metres', 400], ['Latitude', 52.5]]) {"
                + " const field = [...document.querySelectorAll('.field')].find(each => each.textContent === name).querySelector('input');"
                + " field.value = value; field.dispatchEvent(new Event('input')); }");
        page.value("document.querySelector('.form').requestSubmit()");
        page.awaitTrue("document.querySelector('.form') === null");
        assertThat(saved()).isEqualTo(new JsonPlace(52.5, 400));
    }

    private void slide(double hour) throws Exception {
        page.value("{ const slider = document.getElementById('slider'); slider.value = Number(slider.min) + " + hour
                + " * 3600; slider.dispatchEvent(new Event('input')); }");
    }

    private record JsonPlace(double latitude, double radius) {}

    private JsonPlace saved() throws Exception {
        var place = page.value("fetch('api/v1/places').then(answer => answer.json()).then(all => all.places[0])");
        return new JsonPlace(place.get("lat").asDouble(), place.get("radius_m").asDouble());
    }

    private double field(String name) throws Exception {
        return page.value("Number([...document.querySelectorAll('.field')].find(each => each.textContent === '" + name
                        + "').querySelector('input').value)")
                .asDouble();
    }
}
