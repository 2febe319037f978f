package org.trackerreports.findmy.fetch;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.stream.Stream;
import org.trackerreports.findmy.internal.HttpAnswer;
import org.trackerreports.findmy.key.HashedAdvertisementKey;
import org.trackerreports.findmy.report.EncryptedReport;

/** What the answers of the report service mean. Source: sections 5.1 and 5.4 of the protocol page. */
final class FetchAnswers {

    private static final ObjectMapper JSON = new ObjectMapper();

    private FetchAnswers() {}

    static FetchOutcome read(HttpAnswer answer, FetchQuery query, Clock clock) {
        int status = answer.status();
        if (status == 401 || status == 541) {
            return new FetchOutcome.NotAuthorised(status);
        }
        if (status == 429) {
            return new FetchOutcome.TooManyRequests(answer.header("Retry-After").flatMap(text -> wait(text, clock)));
        }
        if (status >= 500) {
            return new FetchOutcome.ServiceError(status);
        }
        if (!answer.successful()) {
            return new FetchOutcome.Refused("HTTP " + status);
        }
        if (answer.body().length == 0) {
            return new FetchOutcome.EmptyAnswer();
        }
        JsonNode json;
        try {
            json = JSON.readTree(answer.body());
        } catch (IOException e) {
            return new FetchOutcome.Unreadable(answer.html() ? "a page instead of JSON" : "not JSON, or cut off");
        }
        JsonNode locations = json.path("acsnLocations");
        String code = locations.path("statusCode").asText("");
        if (code.isEmpty()) {
            return new FetchOutcome.Unreadable("no acsnLocations.statusCode");
        }
        return code.equals("200") ? reports(locations, query) : new FetchOutcome.Refused("statusCode " + code);
    }

    private static FetchOutcome reports(JsonNode locations, FetchQuery query) {
        Map<String, HashedAdvertisementKey> asked = new HashMap<>();
        query.entries().stream()
                .flatMap(entry -> Stream.concat(entry.primaryIds().stream(), entry.secondaryIds().stream()))
                .forEach(key -> asked.put(key.base64(), key));
        Map<HashedAdvertisementKey, List<EncryptedReport>> reports = new HashMap<>();
        int leftOut = 0;
        for (JsonNode payload : locations.path("locationPayload")) {
            HashedAdvertisementKey key = asked.get(payload.path("id").asText());
            for (JsonNode info : payload.path("locationInfo")) {
                Optional<byte[]> bytes = key == null ? Optional.empty() : base64(info.asText());
                if (bytes.isPresent()) {
                    reports.computeIfAbsent(key, unused -> new ArrayList<>())
                            .add(new EncryptedReport(key, bytes.get()));
                } else {
                    leftOut++;
                }
            }
        }
        return new FetchOutcome.Answered(reports, leftOut);
    }

    private static Optional<byte[]> base64(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@code Retry-After} is a number of seconds or a date. */
    private static Optional<Duration> wait(String text, Clock clock) {
        try {
            if (text.strip().chars().allMatch(Character::isDigit)) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(text.strip())));
            }
            Duration until = Duration.between(
                    clock.instant(), ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME));
            return Optional.of(until.isNegative() ? Duration.ZERO : until);
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
