package org.trackerreports.systemtests.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.key.StaticKeys;
import org.trackerreports.findmy.keyfile.KeyFiles;
import org.trackerreports.simulator.Fault;
import org.trackerreports.simulator.FaultKind;
import org.trackerreports.simulator.SecondFactor;
import org.trackerreports.simulator.Service;
import org.trackerreports.simulator.SimulatedAccount;
import org.trackerreports.simulator.world.Finders;
import org.trackerreports.simulator.world.KeySchedule;
import org.trackerreports.simulator.world.Position;
import org.trackerreports.simulator.world.Route;
import org.trackerreports.simulator.world.TagSpec;
import org.trackerreports.store.sink.SinkState;
import org.trackerreports.store.sink.Sinks;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.systemtests.tools.BrowserPage;

/** The set-up in a browser, without typing a command: one browser for all tests, and a system of its own for each. */
class SetupPageTest extends SetupFixture {

    private static final String APPLE_ID = "newcomer@example.com";
    private static final SecureRandom RANDOM = new SecureRandom();

    private static SetupPage page;

    @BeforeAll
    static void openBrowser(@TempDir Path profile) throws Exception {
        assumeThat(BrowserPage.program()).as("a Chromium on the PATH").isPresent();
        page = SetupPage.start(profile);
        page.browser().live("UTC", "en-GB");
    }

    @AfterAll
    static void closeBrowser() {
        if (page != null) {
            page.close();
        }
    }

    private void addAccountWithTwoPhones() {
        system.simulator()
                .accounts()
                .add(SimulatedAccount.of(APPLE_ID, LocalSystem.PASSWORD)
                        .with(SecondFactor.TRUSTED_DEVICE)
                        .withPhoneNumbers(2, false));
    }

    private String lastCode() {
        return system.simulator().accounts().lastCode(APPLE_ID).orElseThrow();
    }

    private static StaticKeys keys() {
        return new StaticKeys(List.of(PrivateTrackerKey.generate(RANDOM)));
    }

    private static byte[] keyFile(StaticKeys keys) {
        return KeyFiles.writeKeysText(keys).getBytes(StandardCharsets.UTF_8);
    }

    /** A tag that is seen every second; answers its keys. */
    private StaticKeys seenTag() {
        StaticKeys keys = keys();
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
        return keys;
    }

    private Tracker tracker(String name) {
        return system.store().trackers().list().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theKeyboardAloneLeadsFromSigningInToTheFirstPosition() throws Exception {
        addAccountWithTwoPhones();
        Path bike = system.write("Bike.keys", KeyFiles.writeKeysText(seenTag()));
        startDaemon();
        page.open(address());
        page.awaitStep("Account", "to_do");
        assertThat(page.stepText("Anisette server")).contains("answers. It runs on this machine.");
        page.picture("1-begin");

        page.tabTo("input[name=apple-id]");
        page.type(APPLE_ID);
        page.tabTo("input[name=password]");
        page.type(LocalSystem.PASSWORD);
        page.press("Enter");
        page.awaitTrue("document.activeElement.matches('.ways input')");
        assertThat(page.text(".ways"))
                .contains("Text message to +49 ••• •••••48", "Text message to +49 ••• •••••49", "Apple devices");
        page.picture("2-ways");
        // The arrows go round from the first way, which was chosen, to the one before it.
        for (int ways = 0; ways < 3 && !page.text(".choice:has(:checked)").endsWith("49"); ways++) {
            page.press("ArrowDown");
        }
        page.press("Enter");
        page.awaitTrue("document.activeElement.matches('input[name=code]')");
        assertThat(page.text("#code-from")).contains("+49 ••• •••••49");
        page.type("12");
        page.press("Enter");
        page.awaitText(".trouble", "6 digits");
        page.picture("3-code");
        page.press("Backspace");
        page.press("Backspace");
        page.type(lastCode());
        page.press("Enter");
        page.awaitStep("Account", "done");

        page.awaitStep("Trackers", "to_do");
        page.tabTo("#key-files");
        page.browser().chooseFiles(List.of(bike));
        page.awaitText(".preview tbody td", "Bike");
        page.tabToButton("Import 1 tracker");
        page.press("Enter");
        page.awaitStep("Trackers", "done");

        page.awaitStep("First position", "done");
        assertThat(page.stepText("First position")).contains("Bike was seen");
        page.awaitTrue("document.querySelector('.log').textContent.includes('came, ')");
        page.awaitText("#trackers .row-name", "Bike");
        page.tabToButton("Explain why Bike has this position");
        page.press("Enter");
        page.awaitTrue("document.querySelector('.explanation .conclusion')?.textContent.length > 0");
        page.picture("5-end");
        page.assertSound();

        // Past the end of the page, and on from its beginning.
        page.tabTo("#finish a");
        page.press("Enter");
        page.awaitTrue("document.querySelector('#view-list')?.textContent.includes('Bike') === true");
    }

    @Test
    void keyFilesAreDroppedUnlockedRenamedAndImported() throws Exception {
        startDaemon();
        setup.send(Map.of("Bike.keys", keyFile(keys())), Map.of());
        page.open(address());
        // Whatever step is open.
        page.awaitStep("Account", "to_do");
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("Bike.keys", keyFile(keys()));
        files.put("notes.txt", "no key".getBytes(StandardCharsets.UTF_8));
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/keyfiles/locked-export.zip"))) {
            files.put("export.zip", in.readAllBytes());
        }
        page.drop(files);
        page.awaitText(".files", "This zip is locked.");
        assertThat(page.text(".files")).contains("Bike.keys", ".keys text · 1 tracker", "notes.txt", "unknown");
        assertThat(page.value("document.querySelectorAll('tr[data-outcome=new]').length")
                        .asInt())
                .isZero();
        page.picture("6-locked");

        page.fill(".code-field input", "H4K2-9WMR-7TQY");
        page.awaitText(".code-field", "This code does not open it.");
        page.fill(".code-field input", " h4k2 9wmr-7tqx ");
        page.awaitText(".code-field", "The code opens it.");
        page.awaitTrue("document.querySelectorAll('tr[data-outcome=new]').length === 1");

        page.awaitText("tr[data-outcome=refused]", "Refused");
        page.fill(".name-input", "Bike 2");
        page.awaitTrue("document.querySelectorAll('tr[data-outcome=new]').length === 2");
        page.picture("7-preview");
        assertThat(system.store().trackers().list()).hasSize(1);
        page.click("Import 2 trackers");
        page.awaitText("#toast", "2 trackers imported, 1 problem in the files.");
        page.awaitText("#trackers .row-name", "Bike 2");
        assertThat(system.store().trackers().list()).hasSize(3);
        page.assertSound();
    }

    @Test
    void trackersAreRenamedLabelledDisabledAndRemovedWithTheirNameRepeated() throws Exception {
        startDaemon();
        setup.send(Map.of("Bike.keys", keyFile(keys())), Map.of());
        page.open(address());

        page.click("Rename Bike");
        page.awaitTrue("document.activeElement.matches('dialog[open] input[name=name]')");
        page.press("Escape");
        page.awaitTrue("document.querySelector('dialog[open]') === null");
        page.click("Rename Bike");
        page.fill("input[name=name]", "Boat");
        page.submit("input[name=name]");
        page.awaitText("#trackers .row-name", "Boat");
        assertThat(tracker("Boat").enabled()).isTrue();

        page.click("Labels Boat");
        page.fill("textarea[name=labels]", "client=acme\nred");
        page.submit("textarea[name=labels]");
        page.awaitText("dialog .trouble", "“red” has no name and value");
        page.picture("8-labels");
        page.fill("textarea[name=labels]", "client=acme\ncolour=red");
        page.submit("textarea[name=labels]");
        page.awaitText("#trackers .labels", "colour = red");
        assertThat(tracker("Boat").labels()).containsOnly(Map.entry("client", "acme"), Map.entry("colour", "red"));
        page.click("Labels Boat");
        page.fill("textarea[name=labels]", "client=acme");
        page.submit("textarea[name=labels]");
        page.awaitTrue("!document.querySelector('#trackers .labels').textContent.includes('red')");
        assertThat(tracker("Boat").labels()).containsOnly(Map.entry("client", "acme"));

        page.click("Disable Boat");
        page.awaitText("#trackers .badge", "disabled");
        assertThat(tracker("Boat").enabled()).isFalse();
        page.click("Enable Boat");
        page.awaitTrue("!document.querySelector('#trackers').textContent.includes('disabled')");

        page.click("Remove Boat");
        page.awaitText("dialog", "Also remove its 0 reports and its history");
        page.fill("input[name=confirm]", "Bike");
        page.submit("input[name=confirm]");
        page.awaitText("dialog .trouble", "This is not its name, so nothing was removed.");
        page.picture("9-remove");
        assertThat(tracker("Boat").enabled()).isTrue();
        page.fill("input[name=confirm]", "Boat");
        page.submit("input[name=confirm]");
        page.awaitStep("Trackers", "to_do");
        assertThat(system.store().trackers().list()).isEmpty();
        page.assertSound();
    }

    @Test
    void aSignInThatIsHeldBackSaysUntilWhenAndGoesOnOnlyIfSomebodyInsists() throws Exception {
        addAccountWithTwoPhones();
        startDaemon();
        page.open(address());
        for (String left : List.of("2 more tries are safe", "1 more try is safe", "No more try is safe")) {
            page.signIn(APPLE_ID, "not the password");
            page.awaitText(".trouble", left + " within 24 hours.");
        }
        page.signIn(APPLE_ID, LocalSystem.PASSWORD);
        page.awaitText(".trouble", "Nothing was sent. A sign-in is safe again from ");
        Instant until = Instant.parse(
                setup.signIn(APPLE_ID, LocalSystem.PASSWORD).ok().get("until").asText());
        assertThat(page.text(".step.current .trouble"))
                .contains(until.toString().substring(11, 16));
        page.picture("10-held-back");
        page.value("document.querySelector('input[name=insist]').click()");
        page.submit("input[name=password]");
        page.awaitText(".ways", "Apple devices");
        page.assertSound();
    }

    @Test
    void anAccountThatCoolsDownSaysWhenItAsksAgain() throws Exception {
        system.addTrackers(1);
        system.login(true);
        system.simulator()
                .faults()
                .add(Fault.always(Service.GATEWAY, FaultKind.TOO_MANY_REQUESTS).withRetryAfter(Duration.ofMinutes(50)));
        startDaemon();
        page.open(address());
        page.awaitText("#accounts .facts", "min, because of its cool-down");
        page.awaitText("#accounts .badge", "cooling down");
        page.awaitText(".step.current .found", "tag-0: Every account cools down; main for another ");
        page.picture("13-cool-down");
        page.assertSound();
    }

    @Test
    void aSignInThatHasEndedMeanwhileLeadsToANewOne() throws Exception {
        addAccountWithTwoPhones();
        startDaemon();
        page.open(address());
        page.signIn(APPLE_ID, LocalSystem.PASSWORD);
        page.awaitText(".ways", "Apple devices");
        page.submit(".ways input");
        page.awaitText("#code-from", "A code is on its way");
        page.click("Cancel");
        page.awaitText(".note", "A code was sent before.");
        system.simulator().accounts().endSignIns(APPLE_ID);

        page.signIn(APPLE_ID, LocalSystem.PASSWORD);
        page.awaitText("#code-from", "A code was sent earlier");
        page.fill("input[name=code]", lastCode());
        page.submit("input[name=code]");
        page.awaitText(".note", "The sign-in that waited for its code has ended; this is a new one.");
        page.picture("11-ended");
        page.submit(".ways input");
        page.awaitText("#code-from", "A code is on its way");
        page.fill("input[name=code]", lastCode());
        page.submit("input[name=code]");
        page.awaitStep("Account", "done");

        page.click("Remove account main");
        page.click("Remove");
        page.awaitStep("Account", "to_do");
        page.assertSound();
    }

    @Test
    void otherProgramsAreListedWithWhatTheyNeed() throws Exception {
        try (SinkReceiver receiver = SinkReceiver.start()) {
            startDaemon();
            page.open(address());
            page.awaitStep("Account", "to_do");
            // A newcomer sees the steps alone.
            page.awaitTrue("document.querySelector('#sinks').hidden");

            Sinks sinks = system.store().sinks();
            receiver.write(directory, "hook");
            sinks.register("hook", "webhook");
            sinks.waiting(
                    "hook",
                    SinkState.Condition.WAITING,
                    3,
                    Instant.now().plus(Duration.ofMinutes(30)),
                    "it answered 500",
                    12);
            page.open(address());
            page.awaitText("#sinks .row-name", "hook");
            assertThat(page.text("#sinks .row"))
                    .contains("webhook", "cannot be reached", "Delivered12", "it answered 500, just now", "Next tryin ")
                    .contains("hook cannot be told (it answered 500).", "See whether that program runs.");
            page.picture("12-sinks");
            page.click("Test sink hook");
            page.awaitText("#toast", "Sent to hook: one position of 'Test position (made up)'");
            assertThat(receiver.received()).hasSize(1);
            page.click("Pause sink hook");
            page.awaitText("#sinks .badge", "paused");
            assertThat(sinks.find("hook").orElseThrow().paused()).isTrue();
            page.click("Resume sink hook");
            page.awaitText("#sinks .badge", "working");
            page.assertSound();
        }
    }
}
