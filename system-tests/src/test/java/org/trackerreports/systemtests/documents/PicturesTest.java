package org.trackerreports.systemtests.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trackerreports.systemtests.tools.BrowserPage;

/** Takes the pictures of the page in the documents, from a demo that runs; docs/pictures/make starts it and gives its address. */
@EnabledIfSystemProperty(
        named = "pictures.of",
        matches = "http.+/",
        disabledReason = "changes the documents' pictures; use docs/pictures/make")
class PicturesTest {

    private static final Path PICTURES =
            Path.of("../docs/pictures").toAbsolutePath().normalize();
    private static final URI DEMO = URI.create(System.getProperty("pictures.of", ""));

    private static final String LISTED = "document.querySelector('#view-list')?.textContent.includes('12 trackers')";
    private static final String TOLD = "document.querySelector('#view-day')?.textContent.includes('Entered Home')";
    private static final String SET_UP = "document.querySelectorAll('.step').length > 0"
            + " && [...document.querySelectorAll('.step')].every(each => each.dataset.state === 'done')";

    /** How long nothing may move before a picture is taken. */
    private static final Duration STILL = Duration.ofSeconds(1);

    @TempDir
    private Path profile;

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void showWhatTheDocumentsSayWithoutAnError(String theme) throws Exception {
        try (BrowserPage page = BrowserPage.open(profile, URI.create("about:blank"))) {
            page.live("UTC", "en-GB");
            page.resize(1280, 800);
            page.theme(theme);
            take(page, "page-" + theme, DEMO, LISTED);
            long bike = page.value("fetch('api/v1/trackers').then(answer => answer.json())"
                            + ".then(all => all.trackers.find(each => each.name === 'Bike').id)")
                    .asLong();
            // The demo looks back for an hour, which may begin on the day before.
            LocalDate day =
                    LocalDate.ofInstant(Clock.systemUTC().instant().minus(Duration.ofMinutes(30)), ZoneOffset.UTC);
            take(page, "day-" + theme, DEMO.resolve("#t=" + bike + "&d=" + day), TOLD);
            take(page, "setup-" + theme, DEMO.resolve("setup/"), SET_UP);
        }
    }

    private static void take(BrowserPage page, String name, URI address, String ready) throws Exception {
        page.openWatched(address);
        page.awaitTrue(ready);
        Path file = PICTURES.resolve(name + ".png");
        AtomicReference<byte[]> before = new AtomicReference<>(new byte[0]);
        await().pollInterval(STILL).atMost(Duration.ofMinutes(1)).until(() -> isAsBefore(page, file, before));
        assertThat(page.errors()).as(name).isEmpty();
    }

    private static boolean isAsBefore(BrowserPage page, Path file, AtomicReference<byte[]> before)
            throws IOException, InterruptedException {
        page.picture(file);
        byte[] now = Files.readAllBytes(file);
        return Arrays.equals(before.getAndSet(now), now);
    }
}
