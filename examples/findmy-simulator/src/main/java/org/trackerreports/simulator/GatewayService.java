package org.trackerreports.simulator;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trackerreports.simulator.world.EncryptedReport;
import org.trackerreports.simulator.world.World;

/** The report gateway, v2 and v1. Dates of a question are checked for their form and then ignored, as Apple does. */
final class GatewayService {
    private static final int ID_LENGTH = 44;

    private final Accounts accounts;
    private final World world;
    private final ClientChecks checks;
    private final Clock clock;
    private final SimulatorSettings settings;

    GatewayService(Accounts accounts, World world, ClientChecks checks, Clock clock, SimulatorSettings settings) {
        this.accounts = accounts;
        this.world = world;
        this.checks = checks;
        this.clock = clock;
        this.settings = settings;
    }

    /** {@code POST /findmyservice/v2/fetch}. */
    Reply fetchV2(Call call) {
        JsonNode body = authorizedBody(call);
        if (!body.path("clientContext").isObject()) {
            throw badRequest("clientContext is missing");
        }
        List<List<String>> entries = new ArrayList<>();
        for (JsonNode entry : requireArray(body, "fetch")) {
            requireNumber(entry, "startDate");
            requireNumber(entry, "endDate");
            requireNumber(entry, "keyType");
            List<String> primary = ids(entry, "primaryIds");
            List<String> secondary = ids(entry, "secondaryIds");
            if (Math.max(primary.size(), secondary.size()) > settings.maximumIds()) {
                throw new RefusedRequest(
                        Reply.json(
                                200,
                                Json.bytes(Json.object()
                                        .set("acsnLocations", Json.object().put("statusCode", "400")))),
                        "an entry has " + primary.size() + " primary and " + secondary.size()
                                + " secondary ids, at most " + settings.maximumIds() + " of each are answered");
            }
            List<String> all = new ArrayList<>(primary);
            all.addAll(secondary);
            entries.add(all);
        }
        call.noteQuestion(entries.size(), entries.stream().mapToInt(List::size).sum());
        Instant now = clock.instant();
        Map<String, List<EncryptedReport>> byId = new LinkedHashMap<>();
        for (List<String> entry : entries) {
            for (EncryptedReport report : world.newestReports(entry, now, settings.v2ReportsPerEntry())) {
                byId.computeIfAbsent(report.sighting().hashedKey(), id -> new ArrayList<>(1))
                        .add(report);
            }
        }
        return Reply.json(200, v2Body(byId));
    }

    /** {@code POST /acsnservice/fetch}. */
    Reply fetchV1(Call call) {
        JsonNode body = authorizedBody(call);
        int entryCount = 0;
        int idCount = 0;
        Instant now = clock.instant();
        List<EncryptedReport> found = new ArrayList<>();
        for (JsonNode entry : requireArray(body, "search")) {
            List<String> ids = ids(entry, "ids");
            entryCount++;
            idCount += ids.size();
            int left = settings.v1ReportsPerEntry();
            // One id may use up what an entry can give, so that the others look silent.
            for (String id : ids) {
                List<EncryptedReport> reports = world.newestReports(id, now, left);
                found.addAll(reports);
                left -= reports.size();
            }
        }
        call.noteQuestion(entryCount, idCount);
        return Reply.json(200, v1Body(found));
    }

    private JsonNode authorizedBody(Call call) {
        Call.Basic basic = call.basic().orElseThrow(() -> unauthorized("basic authorisation is missing"));
        Account account = accounts.findByDsid(basic.user())
                .orElseThrow(() -> unauthorized("the user name is not the dsid of an account"));
        call.noteAccount(Accounts.normalized(account.setup().appleId()));
        checks.anisetteFault(call).ifPresent(fault -> {
            throw unauthorized(fault);
        });
        Instant expiry = account.searchPartyTokenExpiry(basic.password())
                .orElseThrow(() -> unauthorized("the password is not a search-party token of a session"));
        if (!clock.instant().isBefore(expiry)) {
            throw unauthorized("the session ended at " + expiry);
        }
        if (account.setup().condition() == AccountCondition.LOCKED) {
            throw unauthorized("the account is locked");
        }
        if (!call.hasContentType("application/json")) {
            throw new RefusedRequest(Reply.empty(415), "the content type is not application/json");
        }
        return Json.parse(call.body()).orElseThrow(() -> badRequest("the body is not a JSON object"));
    }

    private static JsonNode requireArray(JsonNode parent, String name) {
        JsonNode array = parent.path(name);
        if (!array.isArray()) {
            throw badRequest(name + " is missing or no array");
        }
        return array;
    }

    private static void requireNumber(JsonNode entry, String name) {
        if (!entry.path(name).isIntegralNumber()) {
            throw badRequest(name + " of an entry is missing or no integer");
        }
    }

    private static List<String> ids(JsonNode entry, String name) {
        List<String> result = new ArrayList<>();
        for (JsonNode id : requireArray(entry, name)) {
            String text = id.asText();
            if (text.length() != ID_LENGTH || !text.endsWith("=")) {
                throw badRequest("an id in " + name + " is not base64 of 32 bytes");
            }
            result.add(text);
        }
        return result;
    }

    private static byte[] v2Body(Map<String, List<EncryptedReport>> byId) {
        return written(byId.size() * 200, json -> {
            json.writeObjectFieldStart("acsnLocations");
            json.writeStringField("statusCode", "200");
            json.writeNumberField("configVersion", 1);
            json.writeArrayFieldStart("locationPayload");
            for (Map.Entry<String, List<EncryptedReport>> reports : byId.entrySet()) {
                json.writeStartObject();
                json.writeStringField("id", reports.getKey());
                json.writeArrayFieldStart("locationInfo");
                for (EncryptedReport report : reports.getValue()) {
                    json.writeBinary(report.payload());
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static byte[] v1Body(List<EncryptedReport> found) {
        return written(found.size() * 260, json -> {
            json.writeArrayFieldStart("results");
            for (EncryptedReport report : found) {
                json.writeStartObject();
                json.writeNumberField(
                        "datePublished", report.sighting().uploadedAt().toEpochMilli());
                json.writeBinaryField("payload", report.payload());
                json.writeStringField("description", "found");
                json.writeStringField("id", report.sighting().hashedKey());
                json.writeNumberField("statusCode", 0);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeStringField("statusCode", "200");
        });
    }

    private static byte[] written(int expectedSize, Members members) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256 + expectedSize);
        try (JsonGenerator json = Json.MAPPER.createGenerator(out)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory cannot fail.", e);
        }
        return out.toByteArray();
    }

    private static RefusedRequest unauthorized(String reason) {
        return new RefusedRequest(Reply.empty(401), reason);
    }

    private static RefusedRequest badRequest(String reason) {
        return new RefusedRequest(Reply.empty(400), reason);
    }

    private interface Members {
        void write(JsonGenerator json) throws IOException;
    }
}
