package org.trackerreports.systemtests.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.trackerreports.testsupport.Directories;

/** The one browser of all tests of the page, and the world that most of them look at. */
final class OpenPage implements AutoCloseable {

    /** What is drawn over the map, as a function that answers its pixels. */
    static final String PICTURE = "() => { const drawn = document.querySelector('canvas.stage');"
            + " const copy = Object.assign(document.createElement('canvas'), {width: drawn.width, height: drawn.height});"
            + " const context = copy.getContext('2d', {willReadFrequently: true}); context.drawImage(drawn, 0, 0);"
            + " return context.getImageData(0, 0, copy.width, copy.height); }";

    private static final ObjectMapper JSON = new ObjectMapper();

    final PageWorld world;
    final BrowserPage browser;
    private final Path profile;

    OpenPage(ToolWorld tools) throws Exception {
        world = new PageWorld(tools, "page");
        profile = Files.createTempDirectory("page-profile");
        browser = BrowserPage.open(profile, URI.create("about:blank"));
        browser.live("UTC", "en-GB");
    }

    /** Opens a page of its server anew, and waits until everything is there. */
    void open(URI address) throws IOException, InterruptedException {
        load(address);
        browser.awaitTrue("document.body?.dataset.ready !== undefined");
    }

    /** Opens a page of its server anew. */
    void load(URI address) throws IOException, InterruptedException {
        browser.openWatched(address);
    }

    /** Since it was opened: no error in it, and no request of another server. */
    void checkNothingWentWrong(URI server) throws IOException, InterruptedException {
        assertThat(browser.errors()).isEmpty();
        checkNothingLeft(server);
    }

    /** Since it was opened: no request of another server. */
    void checkNothingLeft(URI server) throws IOException, InterruptedException {
        assertThat(browser.requests())
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.getAuthority()).isEqualTo(server.getAuthority()));
    }

    void click(String element) throws IOException, InterruptedException {
        browser.value("document.querySelector(`" + element + "`).click()");
    }

    /** Presses the mouse at the middle of an element. */
    void press(String element) throws IOException, InterruptedException {
        double[] middle = middle(element);
        browser.click(middle[0], middle[1]);
    }

    /** The middle of an element on the screen. */
    double[] middle(String element) throws IOException, InterruptedException {
        JsonNode box = browser.value("(() => { const box = document.querySelector(`" + element
                + "`).getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; })()");
        return new double[] {box.get(0).asDouble(), box.get(1).asDouble()};
    }

    /** Chooses in a list of choices. */
    void choose(String element, String value) throws IOException, InterruptedException {
        browser.value("{ const list = document.querySelector(`" + element + "`); list.value = '" + value
                + "'; list.dispatchEvent(new Event('change')); }");
    }

    /** Enters text into a field. */
    void enter(String element, String text) throws IOException, InterruptedException {
        browser.value("{ const field = document.querySelector(`" + element + "`); field.value = '" + text
                + "'; field.dispatchEvent(new Event('input')); }");
    }

    String text(String element) throws IOException, InterruptedException {
        return browser.value("document.querySelector(`" + element + "`).textContent")
                .asText();
    }

    List<String> texts(String elements) throws IOException, InterruptedException {
        List<String> texts = new ArrayList<>();
        browser.value("[...document.querySelectorAll(`" + elements + "`)].map(each => each.textContent)")
                .forEach(each -> texts.add(each.asText()));
        return texts;
    }

    boolean isVisible(String element) throws IOException, InterruptedException {
        return browser.value("document.querySelector(`" + element + "`).checkVisibility()")
                .asBoolean();
    }

    /** The part of the address after #. */
    String state() throws IOException, InterruptedException {
        return browser.value("location.hash").asText();
    }

    /** Waits until the texts of elements are these. */
    void awaitTexts(String elements, String... texts) throws IOException {
        browser.awaitTrue("JSON.stringify([...document.querySelectorAll(`" + elements
                + "`)].map(each => each.textContent)) === JSON.stringify(" + quoted(texts) + ")");
    }

    /** A value as the page's own language writes it. */
    static String quoted(Object value) throws IOException {
        return JSON.writeValueAsString(value);
    }

    /** Waits until an element does not move any more, such as one on a map that goes somewhere. */
    void awaitStill(String element) {
        browser.awaitTrue("new Promise(done => { const place = () => JSON.stringify(document.querySelector(`" + element
                + "`).getBoundingClientRect()); const before = place(); let frames = 0;"
                + " const look = () => ++frames < 10 ? requestAnimationFrame(look)"
                + " : done(place() === before && !document.querySelector('.leaflet-zoom-anim, .leaflet-pan-anim'));"
                + " requestAnimationFrame(look); })");
    }

    /** How many pixels of what is drawn over the map have a property, as a JavaScript expression of r, g, b and a. */
    String pixels(String property) {
        return "(() => { const all = (" + PICTURE + ")().data;"
                + " let found = 0; for (let at = 0; at < all.length; at += 4) {"
                + " const [r, g, b, a] = [all[at], all[at + 1], all[at + 2], all[at + 3]]; if (" + property
                + ") found++; } return found; })()";
    }

    @Override
    public void close() throws IOException {
        browser.close();
        world.close();
        Directories.delete(profile);
    }
}
