package org.trackerreports.findmy.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.ClientEvent;
import org.trackerreports.findmy.Vectors;
import org.trackerreports.findmy.internal.HttpAnswer;
import org.trackerreports.findmy.key.HashedAdvertisementKey;

class FetchAnswersTest {

    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final HashedAdvertisementKey FIRST =
            new HashedAdvertisementKey("6UUfgEvDeboxct6UF8gWyYXWj8ezdPw7eCMz/hL+CuY=");
    private static final HashedAdvertisementKey SECOND =
            new HashedAdvertisementKey("21I6n+fEn7Qz7h6p7frJPIXiKSGRvzAqYyhfa5Fl+mM=");

    @Test
    void readsReportsByKey() {
        JsonNode body = Vectors.get("responses").get("v2").get("body");
        FetchOutcome.Answered answered = (FetchOutcome.Answered) read(200, body.toString(), FIRST, SECOND);
        assertThat(answered.reports().get(FIRST)).hasSize(2);
        assertThat(answered.reports().get(SECOND)).hasSize(1);
        assertThat(answered.count())
                .isEqualTo(
                        Vectors.get("responses").get("v2").get("expect_reports").asInt());
        assertThat(answered.leftOut()).isZero();
        // For a log: whoever prints a listener's events must not get every report.
        assertThat(new ClientEvent.Requested(2, answered, Duration.ofMillis(5)))
                .hasToString("Requested[ids=2, outcome=Answered[3 reports for 2 keys, leftOut=0], took=PT0.005S]");
    }

    @Test
    void leavesOutWhatNobodyAskedFor() {
        JsonNode body = Vectors.get("responses").get("v2").get("body");
        FetchOutcome.Answered answered = (FetchOutcome.Answered) read(200, body.toString(), SECOND);
        assertThat(answered.reports()).containsOnlyKeys(SECOND);
        assertThat(answered.leftOut()).isEqualTo(2);
    }

    /** The order of members means nothing in JSON, and services add new ones. */
    @Test
    void readsMembersInAnyOrderAndPassesOverUnknownOnes() {
        String id = FIRST.base64();
        String payload = "A".repeat(120);
        FetchOutcome outcome = read(
                200,
                "{\"new\": [{\"statusCode\": \"500\"}], \"acsnLocations\": {\"more\": {\"locationPayload\": [1]}, \"locationPayload\": "
                        + "[{\"locationInfo\": [\"" + payload + "\"], \"new\": {}, \"id\": \"" + id + "\"}, null, 7],"
                        + " \"statusCode\": 200}, \"statusCode\": \"500\"}",
                FIRST);
        FetchOutcome.Answered answered = (FetchOutcome.Answered) outcome;
        assertThat(answered.reports().get(FIRST)).hasSize(1);
        assertThat(answered.leftOut()).isZero();
        FetchOutcome numbered = read(
                200,
                "{\"acsnLocations\": {\"statusCode\": \"200\", \"locationPayload\": {\"0\": {\"id\": \"" + id
                        + "\", \"locationInfo\": {\"0\": \"" + payload + "\"}}}}}",
                FIRST);
        assertThat(((FetchOutcome.Answered) numbered).reports().get(FIRST)).hasSize(1);
        for (String nothing : List.of("null", "{}", "17", "\"text\"")) {
            assertThat(read(
                            200,
                            "{\"acsnLocations\": {\"locationPayload\": " + nothing + ", \"statusCode\": \"200\"}}",
                            FIRST))
                    .isEqualTo(new FetchOutcome.Answered(Map.of(), 0));
            assertThat(read(200, nothing, FIRST)).isInstanceOf(FetchOutcome.Unreadable.class);
        }
    }

    @Test
    void noReportsAreAnAnswerButAnEmptyBodyIsNot() {
        JsonNode none = Vectors.get("responses").get("v2_empty_list").get("body");
        assertThat(read(200, none.toString(), FIRST)).isEqualTo(new FetchOutcome.Answered(Map.of(), 0));
        FetchOutcome empty = read(200, "", FIRST);
        assertThat(empty).isEqualTo(new FetchOutcome.EmptyAnswer());
        assertThat(empty.waitingHelps()).isTrue();
    }

    @Test
    void tellsFailuresApart() {
        assertThat(read(401, "", FIRST)).isEqualTo(new FetchOutcome.NotAuthorised(401));
        assertThat(read(541, "", FIRST)).isEqualTo(new FetchOutcome.NotAuthorised(541));
        assertThat(read(403, "", FIRST)).isEqualTo(new FetchOutcome.Refused("HTTP 403"));
        assertThat(read(500, "", FIRST)).isEqualTo(new FetchOutcome.ServiceError(500));
        assertThat(read(503, "<html></html>", FIRST)).isEqualTo(new FetchOutcome.ServiceError(503));
        assertThat(read(200, "<html></html>", FIRST)).isInstanceOf(FetchOutcome.Unreadable.class);
        assertThat(read(200, "{\"acsnLocations\":{\"statusCode\":\"200\",\"loc", FIRST))
                .isInstanceOf(FetchOutcome.Unreadable.class);
        assertThat(read(200, "{\"acsnLocations\":{\"statusCode\":\"401\"}}", FIRST))
                .isEqualTo(new FetchOutcome.Refused("statusCode 401"));
    }

    @Test
    void aCodeOfMillionsOfCharactersIsOneShortLine() {
        String code = "4\u202e\u001b[2J\r\nforged ".repeat(1_000_000);
        String json = "{\"acsnLocations\":{\"statusCode\":\""
                + code.replace("\u001b", "\\u001b").replace("\r\n", "\\r\\n") + "\"}}";
        assertThat(json.length()).isGreaterThan(15_000_000);
        FetchOutcome outcome = read(200, json, FIRST);
        assertThat(outcome.kind()).isEqualTo(FetchOutcome.Kind.REFUSED);
        for (String shown : List.of(outcome.message(), outcome.toString())) {
            assertThat(shown).hasSizeLessThan(250).doesNotContain("\n", "\r", "\u001b", "\u202e");
        }
    }

    @Test
    void readsHowLongToWait() {
        assertThat(tooMany("120"))
                .isEqualTo(new FetchOutcome.TooManyRequests(java.util.Optional.of(Duration.ofMinutes(2))));
        assertThat(tooMany("Fri, 02 Jan 2026 00:10:00 GMT"))
                .isEqualTo(new FetchOutcome.TooManyRequests(java.util.Optional.of(Duration.ofMinutes(10))));
        assertThat(tooMany("soon")).isEqualTo(new FetchOutcome.TooManyRequests(java.util.Optional.empty()));
        for (String huge :
                List.of("86401", "9223372036854775807", "99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT")) {
            assertThat(tooMany(huge))
                    .as(huge)
                    .isEqualTo(new FetchOutcome.TooManyRequests(java.util.Optional.of(Duration.ofDays(1))));
        }
        assertThat(tooMany("Thu, 01 Jan 2026 00:00:00 GMT"))
                .isEqualTo(new FetchOutcome.TooManyRequests(java.util.Optional.of(Duration.ZERO)));
    }

    @Test
    void theOldProtocolIsReadToo() {
        JsonNode v1 = Vectors.get("responses").get("v1");
        FetchOutcome.Answered answered = (FetchOutcome.Answered) readV1(v1.get("body"), FIRST, SECOND);
        assertThat(answered.count()).isEqualTo(v1.get("expect_reports").asInt());
        assertThat(answered.reports().get(FIRST)).hasSize(2);
        assertThat(((FetchOutcome.Answered) readV1(v1.get("body"), SECOND)).leftOut())
                .isEqualTo(2);

        JsonNode none = Vectors.get("responses").get("v1_empty").get("body");
        assertThat(readV1(none, FIRST)).isEqualTo(new FetchOutcome.Answered(Map.of(), 0));
        JsonNode blank = Vectors.get("responses").get("v2_blank_body");
        assertThat(read(blank.get("http_status").asInt(), blank.get("raw").asText(), FIRST))
                .isEqualTo(new FetchOutcome.EmptyAnswer());
    }

    private static FetchOutcome readV1(JsonNode body, HashedAdvertisementKey... asked) {
        HttpAnswer answer = new HttpAnswer(200, body.toString().getBytes(StandardCharsets.UTF_8), Map.of());
        return FetchAnswers.read(FetchProtocol.V1, answer, query(asked), CLOCK);
    }

    @Test
    void noMutationOfAnAnswerThrowsOrInventsAReport() {
        long seed = 42;
        Random random = new Random(seed);
        for (FetchProtocol protocol : FetchProtocol.values()) {
            String name = protocol == FetchProtocol.V1 ? "v1" : "v2";
            byte[] body =
                    Vectors.get("responses").get(name).get("body").toString().getBytes(StandardCharsets.UTF_8);
            for (int round = 0; round < 10_000; round++) {
                byte[] mutated = body.clone();
                for (int change = 0; change <= random.nextInt(4); change++) {
                    mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
                }
                HttpAnswer answer = new HttpAnswer(200, mutated, Map.of());
                FetchOutcome outcome = FetchAnswers.read(protocol, answer, query(FIRST, SECOND), CLOCK);
                assertThat(outcome)
                        .as("%s, seed %d, round %d", name, seed, round)
                        .isNotNull();
                if (outcome instanceof FetchOutcome.Answered answered) {
                    assertThat(answered.reports().keySet()).isSubsetOf(FIRST, SECOND);
                    assertThat(answered.count()).isLessThanOrEqualTo(3);
                }
            }
        }
    }

    private static FetchOutcome tooMany(String retryAfter) {
        return FetchAnswers.read(
                FetchProtocol.V2,
                new HttpAnswer(429, new byte[0], Map.of("retry-after", List.of(retryAfter))),
                query(FIRST),
                CLOCK);
    }

    private static FetchOutcome read(int status, String body, HashedAdvertisementKey... asked) {
        return FetchAnswers.read(
                FetchProtocol.V2,
                new HttpAnswer(status, body.getBytes(StandardCharsets.UTF_8), Map.of()),
                query(asked),
                CLOCK);
    }

    private static FetchQuery query(HashedAdvertisementKey... asked) {
        List<FetchQuery.Entry> entries = List.of(asked).stream()
                .map(key -> new FetchQuery.Entry(List.of(key), List.of()))
                .toList();
        return new FetchQuery(entries, NOW.minus(Duration.ofDays(7)), NOW);
    }
}
