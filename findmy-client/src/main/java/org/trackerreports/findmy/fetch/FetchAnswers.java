package org.trackerreports.findmy.fetch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trackerreports.findmy.internal.HttpAnswer;
import org.trackerreports.findmy.key.HashedAdvertisementKey;
import org.trackerreports.findmy.report.EncryptedReport;

/** Reads the answers of the report service. Source: sections 5.1, 5.2 and 5.4 of the protocol page. */
final class FetchAnswers {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** More digits may not fit into a number, and mean many years. */
    private static final int MAX_SECONDS_DIGITS = 12;

    private FetchAnswers() {}

    static FetchOutcome read(FetchProtocol protocol, HttpAnswer answer, FetchQuery query, Clock clock) {
        int status = answer.status();
        if (status == 401 || status == 541) {
            return new FetchOutcome.NotAuthorised(status);
        }
        if (status == 429) {
            return new FetchOutcome.TooManyRequests(retryAfter(answer, clock));
        }
        if (status >= 500) {
            return new FetchOutcome.ServiceError(status, retryAfter(answer, clock));
        }
        if (!answer.successful()) {
            return new FetchOutcome.Refused("HTTP " + status);
        }
        if (answer.body().length == 0) {
            return new FetchOutcome.EmptyAnswer();
        }
        boolean v2 = protocol == FetchProtocol.V2;
        Collected collected = new Collected(query);
        AnswerReader reader = v2
                ? new AnswerReader("locationPayload", payloads -> {
                    String id = payloads.path("id").asText();
                    payloads.path("locationInfo").forEach(info -> collected.add(id, info.asText()));
                })
                : new AnswerReader(
                        "results",
                        result -> collected.add(
                                result.path("id").asText(),
                                result.path("payload").asText()));
        String code;
        try (JsonParser parser = JSON.createParser(answer.body())) {
            parser.nextToken();
            code = v2 ? reader.readInside("acsnLocations", parser) : reader.read(parser);
        } catch (IOException e) {
            return new FetchOutcome.Unreadable(answer.html() ? "a page instead of JSON" : "not JSON, or cut off");
        }
        if (code.isEmpty()) {
            return new FetchOutcome.Unreadable("no " + (v2 ? "acsnLocations.statusCode" : "statusCode"));
        }
        if (!code.equals("200")) {
            return new FetchOutcome.Refused("statusCode " + code);
        }
        return new FetchOutcome.Answered(collected.reports, collected.leftOut);
    }

    /** Reports by the keys that were asked for. */
    private static final class Collected {
        private final Map<String, HashedAdvertisementKey> asked = new HashMap<>();
        private final Map<HashedAdvertisementKey, List<EncryptedReport>> reports = new HashMap<>();
        private int leftOut;

        Collected(FetchQuery query) {
            query.keys().forEach(key -> asked.put(key.base64(), key));
        }

        void add(String id, String payload) {
            HashedAdvertisementKey key = asked.get(id);
            Optional<byte[]> bytes = base64(payload);
            if (key != null && bytes.isPresent()) {
                reports.computeIfAbsent(key, unused -> new ArrayList<>()).add(new EncryptedReport(key, bytes.get()));
            } else {
                leftOut++;
            }
        }

        private static Optional<byte[]> base64(String text) {
            try {
                return Optional.of(Base64.getDecoder().decode(text));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }

    /** {@code Retry-After} is a number of seconds or a date. Numbers of any length are valid; outcomes limit the wait. */
    private static Optional<Duration> retryAfter(HttpAnswer answer, Clock clock) {
        return answer.header("Retry-After").map(String::strip).flatMap(text -> {
            if (text.matches("\\d+")) {
                return Optional.of(
                        text.length() > MAX_SECONDS_DIGITS
                                ? CoolDownPolicy.MAX_COOL_DOWN
                                : Duration.ofSeconds(Long.parseLong(text)));
            }
            try {
                return Optional.of(Duration.between(
                        clock.instant(), ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        });
    }
}
