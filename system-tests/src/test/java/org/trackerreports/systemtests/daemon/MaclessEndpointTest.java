package org.trackerreports.systemtests.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.report.EncryptedReport;
import org.trackerreports.findmy.report.LocationReport;
import org.trackerreports.findmy.report.ReportDecryptor;
import org.trackerreports.store.history.FlagFilter;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.testsupport.FreePorts;

/** The endpoint for macless-haystack: its page decrypts what it gets, so what it gets must decrypt to what the database has. */
class MaclessEndpointTest extends SystemFixture {

    private record Seen(Instant time, double latitude, double longitude, double accuracy, int confidence) {}

    @Test
    void theAnswerDecryptsToTheReportsInTheDatabase() throws Exception {
        int port = FreePorts.next();
        system.with("ROLES", "fetch,move,serve").with("MACLESS_PORT", Integer.toString(port));
        Instant now = Instant.now();
        system.addTrackers("macless", 1, now.minus(Duration.ofMinutes(30)), now.minus(Duration.ofMinutes(29)));
        system.login(false);
        system.startDaemon();
        within(30, () -> !stored().isEmpty());

        PrivateTrackerKey key = key(Files.readAllLines(directory.resolve("macless-0.keys")));
        List<Seen> before = stored();
        List<Seen> answered = decrypted(ask(port, key), key);
        assertThat(answered).isNotEmpty().doesNotHaveDuplicates().containsAll(before);
        assertThat(stored()).containsAll(answered);
    }

    private static PrivateTrackerKey key(List<String> lines) {
        String prefix = "Private key: ";
        String text = lines.stream()
                .filter(line -> line.startsWith(prefix))
                .findFirst()
                .orElseThrow();
        return PrivateTrackerKey.of(Base64.getDecoder().decode(text.substring(prefix.length())));
    }

    /** The request that the page sends. */
    private static JsonNode ask(int port, PrivateTrackerKey key) throws Exception {
        String body = "{\"ids\":[\"" + key.hashed().base64() + "\"],\"days\":7}";
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body()).get("results");
    }

    private static List<Seen> decrypted(JsonNode results, PrivateTrackerKey key) {
        ReportDecryptor decryptor = new ReportDecryptor(Clock.systemUTC());
        List<Seen> all = new ArrayList<>();
        for (JsonNode result : results) {
            assertThat(result.get("id").asText()).isEqualTo(key.hashed().base64());
            byte[] payload = Base64.getDecoder().decode(result.get("payload").asText());
            LocationReport report = (LocationReport) decryptor.decrypt(new EncryptedReport(key.hashed(), payload), key);
            assertThat(result.get("datePublished").asLong())
                    .isEqualTo(report.timestamp().toEpochMilli());
            all.add(new Seen(
                    report.timestamp(),
                    report.latitude(),
                    report.longitude(),
                    report.horizontalAccuracy(),
                    report.confidence()));
        }
        return all;
    }

    private List<Seen> stored() {
        HistoryQuery everything = HistoryQuery.of(Set.<Long>of(), Instant.EPOCH, Instant.now())
                .withMinimumConfidence(0)
                .withFlags(FlagFilter.WITH);
        return system.store().history().reports(everything).stream()
                .map(each -> new Seen(
                        each.timestamp(),
                        each.content().position().orElseThrow().latitude(),
                        each.content().position().orElseThrow().longitude(),
                        each.content().horizontalAccuracy().orElseThrow(),
                        each.content().confidence()))
                .toList();
    }
}
