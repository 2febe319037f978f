package org.trackerreports.systemtests.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.key.StaticKeys;
import org.trackerreports.findmy.keyfile.KeyFiles;
import org.trackerreports.simulator.SecondFactor;
import org.trackerreports.simulator.SimulatedAccount;
import org.trackerreports.simulator.world.Finders;
import org.trackerreports.simulator.world.KeySchedule;
import org.trackerreports.simulator.world.Position;
import org.trackerreports.simulator.world.Route;
import org.trackerreports.simulator.world.TagSpec;
import org.trackerreports.systemtests.tools.BrowserPage;

/** A newcomer sets everything up in a browser, without typing a command. */
class SetupPageTest extends SetupFixture {

    private static final String APPLE_ID = "newcomer@example.com";

    @TempDir
    Path profile;

    private BrowserPage page;

    @Test
    void fromSigningInToTheFirstPosition() throws Exception {
        assumeThat(BrowserPage.program()).as("a Chromium on the PATH").isPresent();
        system.simulator()
                .accounts()
                .add(SimulatedAccount.of(APPLE_ID, LocalSystem.PASSWORD)
                        .with(SecondFactor.TRUSTED_DEVICE)
                        .withPhoneNumbers(2, false));
        byte[] keyFile = seenTag();
        startDaemon();
        try (BrowserPage opened = BrowserPage.open(profile, address().resolve("/setup/setup.html"))) {
            page = opened;
            page.openWatched(address().resolve("/setup/setup.html"));
            page.resize(390, 844);
            awaitStep("Account", "to_do");
            assertThat(stepText("Anisette server")).contains("answers. It runs on this machine.");
            picture("1-begin");
            signIn();
            dropAndImport(keyFile);
            awaitStep("First position", "done");
            assertThat(stepText("First position")).contains("Bike was seen");
            page.awaitTrue("document.querySelector('.log').textContent.includes('reports came')"
                    + " || document.querySelector('.log').textContent.includes('report came')");
            page.awaitTrue("document.querySelector('#trackers .row-name').textContent === 'Bike'");
            explain();
            picture("5-end");
            assertThat(page.value("document.documentElement.scrollWidth").asInt())
                    .isLessThanOrEqualTo(390);
            assertThat(page.errors()).isEmpty();
            assertThat(page.requests())
                    .allMatch(request -> request.getAuthority().equals(address().getAuthority()));
        }
    }

    /** A tag that is seen every second; answers its key file. */
    private byte[] seenTag() {
        StaticKeys keys = new StaticKeys(List.of(PrivateTrackerKey.generate(new SecureRandom())));
        Instant now = Instant.now();
        system.simulator()
                .world()
                .addTag(TagSpec.of(
                                "Bike",
                                KeySchedule.fixed(
                                        keys.keys().get(0).advertisementKey().bytes()),
                                Route.stayingAt(Position.ofDegrees(52.52, 13.405)),
                                Finders.every(Duration.ofSeconds(1))
                                        .withConfidence(2, 3)
                                        .withDelay(Duration.ZERO, Duration.ZERO))
                        .seenBetween(now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(1))));
        return KeyFiles.writeKeysText(keys).getBytes(StandardCharsets.UTF_8);
    }

    private void signIn() throws Exception {
        fill("input[name=apple-id]", APPLE_ID);
        fill("input[name=password]", LocalSystem.PASSWORD);
        submit("input[name=password]");
        page.awaitTrue("document.querySelectorAll('.ways input').length === 3");
        assertThat(page.value("document.querySelector('.ways').textContent").asText())
                .contains("Text message to +49 ••• •••••48", "Text message to +49 ••• •••••49", "Apple devices");
        picture("2-ways");
        page.value("[...document.querySelectorAll('.ways label')]"
                + ".find(each => each.textContent.includes('49') && each.textContent.includes('Text')"
                + " && each.textContent.endsWith('49')).click()");
        submit(".ways input");
        page.awaitTrue("document.querySelector('input[name=code]') !== null");
        assertThat(page.value("document.querySelector('#code-from').textContent")
                        .asText())
                .contains("+49 ••• •••••49");
        fill("input[name=code]", "12");
        submit("input[name=code]");
        page.awaitTrue("document.querySelector('.trouble:not([hidden])')?.textContent.includes('6 digits') === true");
        picture("3-code");
        fill(
                "input[name=code]",
                system.simulator().accounts().lastCode(APPLE_ID).orElseThrow());
        submit("input[name=code]");
        awaitStep("Account", "done");
    }

    private void dropAndImport(byte[] keyFile) throws Exception {
        awaitStep("Trackers", "to_do");
        page.value("(() => { const files = new DataTransfer();"
                + "files.items.add(new File([Uint8Array.from(atob('"
                + Base64.getEncoder().encodeToString(keyFile) + "'), each => each.charCodeAt(0))], 'Bike.keys'));"
                + "files.items.add(new File(['no key'], 'notes.txt'));"
                + "document.querySelector('.drop').dispatchEvent("
                + "new DragEvent('drop', {dataTransfer: files, bubbles: true, cancelable: true})); })()");
        page.awaitTrue("document.querySelector('.preview tbody td')?.textContent === 'Bike'");
        assertThat(page.value("document.querySelector('.files').textContent").asText())
                .contains("Bike.keys", ".keys text · 1 tracker", "notes.txt", "unknown");
        picture("4-preview");
        page.value(
                "[...document.querySelectorAll('button')].find(each => each.textContent === 'Import 1 tracker').click()");
        awaitStep("Trackers", "done");
    }

    /** Keeps pictures of the page in both themes and sizes, if {@code -Dpictures=DIRECTORY} asks for them. */
    private void picture(String name) throws Exception {
        String directory = System.getProperty("pictures", "");
        if (directory.isEmpty()) {
            return;
        }
        for (String theme : List.of("dark", "light")) {
            page.theme(theme);
            page.resize(1200, 900);
            page.picture(Path.of(directory, name + "-" + theme + ".png"));
            page.resize(390, 844);
            page.picture(Path.of(directory, name + "-" + theme + "-phone.png"));
        }
    }

    private void explain() throws Exception {
        page.value("document.querySelector('#trackers .row-actions button').click()");
        page.awaitTrue("document.querySelector('.explanation .conclusion') !== null");
        assertThat(page.value("document.querySelector('.conclusion').textContent")
                        .asText())
                .isNotEmpty();
    }

    private void fill(String selector, String text) throws Exception {
        page.value("document.querySelector('" + selector + "').value = '" + text + "'");
    }

    private void submit(String selectorInForm) throws Exception {
        page.value("document.querySelector('" + selectorInForm + "').form.requestSubmit()");
    }

    private void awaitStep(String title, String state) {
        page.awaitTrue("[...document.querySelectorAll('.step')].some(each => each.dataset.state === '" + state
                + "' && each.querySelector('h2').textContent.endsWith('" + title + "'))");
    }

    private String stepText(String title) throws Exception {
        return page.value(
                        "[...document.querySelectorAll('.step')].find(each => each.querySelector('h2').textContent.endsWith('"
                                + title + "')).querySelector('.found').textContent")
                .asText();
    }
}
