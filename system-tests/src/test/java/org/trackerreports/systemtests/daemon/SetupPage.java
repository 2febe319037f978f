package org.trackerreports.systemtests.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.trackerreports.systemtests.tools.BrowserPage;

/** The set-up page in a browser, as a person uses it. Not thread-safe. */
final class SetupPage implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_TABS = 80;

    private final BrowserPage browser;
    private URI server;

    private SetupPage(BrowserPage browser) {
        this.browser = browser;
    }

    /** Starts the browser, which shows nothing yet. */
    static SetupPage start(Path profile) throws Exception {
        return new SetupPage(BrowserPage.open(profile, URI.create("about:blank")));
    }

    /** Opens the set-up of a server, in the size of a telephone, and waits until the anisette server has answered. */
    void open(URI address) throws Exception {
        server = address;
        browser.openWatched(address.resolve("setup/"));
        browser.resize(390, 844);
        awaitStep("Anisette server", "done");
    }

    /** Nothing went wrong in the page, it asked nobody else, and it fits the screen. */
    void assertSound() throws Exception {
        assertThat(browser.value("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(390);
        assertThat(browser.errors()).isEmpty();
        assertThat(browser.requests())
                .allMatch(request -> request.getAuthority().equals(server.getAuthority()));
    }

    BrowserPage browser() {
        return browser;
    }

    void awaitTrue(String expression) {
        browser.awaitTrue(expression);
    }

    /** Waits until an element is shown and contains a text. */
    void awaitText(String selector, String text) {
        awaitTrue("[...document.querySelectorAll(" + quoted(selector) + ")].some(each => each.checkVisibility()"
                + " && each.textContent.includes(" + quoted(text) + "))");
    }

    /** The text of the first element. */
    String text(String selector) throws Exception {
        return browser.value("document.querySelector(" + quoted(selector) + ").textContent")
                .asText();
    }

    JsonNode value(String expression) throws Exception {
        return browser.value(expression);
    }

    /** Waits until a step has a state. */
    void awaitStep(String title, String state) {
        awaitTrue("[...document.querySelectorAll('.step')].some(each => each.dataset.state === " + quoted(state)
                + " && each.querySelector('h2').textContent.endsWith(" + quoted(title) + "))");
    }

    /** What a step found. */
    String stepText(String title) throws Exception {
        return browser.value(
                        "[...document.querySelectorAll('.step')].find(each => each.querySelector('h2').textContent.endsWith("
                                + quoted(title) + ")).querySelector('.found').textContent")
                .asText();
    }

    /** Fills a field as typing would, and leaves it. */
    void fill(String selector, String text) throws Exception {
        browser.value(
                "(() => { const field = document.querySelector(" + quoted(selector) + "); field.focus();"
                        + " field.value = " + quoted(text)
                        + "; for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, {bubbles: true})); })()");
    }

    /** Sends the form that an element is in. */
    void submit(String selectorInForm) throws Exception {
        browser.value("document.querySelector(" + quoted(selectorInForm) + ").form.requestSubmit()");
    }

    /** Waits for a button that can be pressed, by its name for the ear or for the eye, and presses it. */
    void click(String name) throws Exception {
        String button =
                "[...document.querySelectorAll('button')].find(each => each.checkVisibility() && !each.disabled && "
                        + named(name) + ")";
        awaitTrue(button + " !== undefined");
        browser.value(button + ".click()");
    }

    private static String named(String name) {
        return "(each.getAttribute('aria-label') ?? each.textContent) === " + quoted(name);
    }

    /** Signs in up to the next step. */
    void signIn(String appleId, String password) throws Exception {
        fill("input[name=apple-id]", appleId);
        fill("input[name=password]", password);
        submit("input[name=password]");
    }

    /** Drops files onto the page. */
    void drop(Map<String, byte[]> files) throws Exception {
        StringBuilder script = new StringBuilder("(() => { const files = new DataTransfer();");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            script.append("files.items.add(new File([Uint8Array.from(atob('")
                    .append(Base64.getEncoder().encodeToString(file.getValue()))
                    .append("'), each => each.charCodeAt(0))], ")
                    .append(quoted(file.getKey()))
                    .append("));");
        }
        browser.value(script + "document.querySelector('main').dispatchEvent("
                + "new DragEvent('drop', {dataTransfer: files, bubbles: true, cancelable: true})); })()");
    }

    // ---- by keyboard alone ----

    /** Presses Tab until the element with the focus is one of these. */
    void tabTo(String selector) throws Exception {
        tabUntil("document.activeElement.matches(" + quoted(selector) + ")", selector);
    }

    /** Presses Tab until a button has the focus. */
    void tabToButton(String name) throws Exception {
        tabUntil("[document.activeElement].some(each => " + named(name) + ")", name);
    }

    private void tabUntil(String reached, String what) throws Exception {
        for (int tabs = 0; tabs < MOST_TABS; tabs++) {
            if (browser.value(reached).asBoolean()) {
                return;
            }
            browser.press("Tab");
        }
        throw new AssertionError("the keyboard does not reach " + what);
    }

    void press(String key) throws Exception {
        browser.press(key);
    }

    void type(String text) throws Exception {
        browser.type(text);
    }

    /** Keeps pictures of the page in both themes and sizes, if {@code -Dpictures=DIRECTORY} asks for them. */
    void picture(String name) throws Exception {
        String directory = System.getProperty("pictures", "");
        if (directory.isEmpty()) {
            return;
        }
        for (String theme : List.of("dark", "light")) {
            browser.theme(theme);
            browser.resize(1200, 900);
            browser.picture(Path.of(directory, name + "-" + theme + ".png"));
            browser.resize(390, 844);
            browser.picture(Path.of(directory, name + "-" + theme + "-phone.png"));
        }
    }

    static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        browser.close();
    }
}
