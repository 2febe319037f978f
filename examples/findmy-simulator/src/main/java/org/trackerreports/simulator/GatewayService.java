package org.trackerreports.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.trackerreports.simulator.world.EncryptedReport;
import org.trackerreports.simulator.world.World;

/** The report gateway, v2 and v1. Dates of a question are checked for their form and then ignored, as Apple does. */
record GatewayService(Backend backend, World world, SimulatorSettings settings) {
    private static final int ID_LENGTH = 44;

    /** {@code POST /findmyservice/v2/fetch}. */
    Reply fetchV2(Call call) {
        JsonNode body = authorizedBody(call, "fetch");
        if (!body.path("clientContext").isObject()) {
            throw badRequest("clientContext is missing");
        }
        List<List<String>> questions = new ArrayList<>();
        for (JsonNode entry : requireArray(body, "fetch")) {
            questions.add(v2Ids(entry));
        }
        if (call.isStruckBy(FaultKind.WRONG_STATUS_CODE)) {
            return Reply.json(200, GatewayAnswer.v2Refusal("500"));
        }
        Instant now = backend.clock().instant();
        GatewayAnswer answer = new GatewayAnswer();
        for (List<String> ids : questions) {
            answer.add(newest(call, ids, now, settings.v2ReportsPerEntry()));
        }
        return Reply.json(
                200,
                new ReportFaults(world, backend.secrets())
                        .applyTo(answer, call, now)
                        .v2());
    }

    /** {@code POST /acsnservice/fetch}. */
    Reply fetchV1(Call call) {
        JsonNode body = authorizedBody(call, "search");
        List<List<String>> questions = new ArrayList<>();
        for (JsonNode entry : requireArray(body, "search")) {
            questions.add(ids(entry, "ids"));
        }
        if (call.isStruckBy(FaultKind.WRONG_STATUS_CODE)) {
            return Reply.json(200, GatewayAnswer.v1Refusal("500"));
        }
        Instant now = backend.clock().instant();
        GatewayAnswer answer = new GatewayAnswer();
        for (List<String> ids : questions) {
            int left = settings.v1ReportsPerEntry();
            // One id may use up the limit of the entry, so that the others return nothing.
            for (int i = 0; i < ids.size() && left > 0; i++) {
                left -= answer.add(newest(call, ids.subList(i, i + 1), now, left));
            }
        }
        return Reply.json(
                200,
                new ReportFaults(world, backend.secrets())
                        .applyTo(answer, call, now)
                        .v1());
    }

    private List<EncryptedReport> newest(Call call, List<String> ids, Instant now, int limit) {
        if (!call.isStruckBy(FaultKind.OUT_OF_ORDER_REPORTS)) {
            return world.newestReports(ids, now, limit);
        }
        List<EncryptedReport> reports = new ArrayList<>(world.newestReports(ids, now, limit == 1 ? 2 : limit));
        Collections.reverse(reports);
        return limit == 1 && reports.size() == 2 ? reports.subList(0, 1) : reports;
    }

    private JsonNode authorizedBody(Call call, String entriesName) {
        Call.Basic basic = call.basic().orElseThrow(() -> unauthorized("basic authorisation is missing"));
        Account account = backend.accounts()
                .findByDsid(basic.user())
                .orElseThrow(() -> unauthorized("the user name is not the dsid of an account"));
        call.noteAccount(Accounts.normalized(account.setup().appleId()));
        call.noteMachine(call.header("X-Apple-I-MD-M"));
        JsonNode body = Json.parse(call.body()).orElse(MissingNode.getInstance());
        noteQuestion(call, body.path(entriesName));
        call.proceed();
        if (call.isStruckBy(FaultKind.TOKEN_EXPIRY)) {
            account.expireSearchPartyToken(basic.password());
        }
        backend.checks().requireAnisette(call, GatewayService::unauthorized);
        Instant expiry = account.searchPartyTokenExpiry(basic.password())
                .orElseThrow(() -> unauthorized("the password is not a search-party token of a session"));
        if (!backend.clock().instant().isBefore(expiry)) {
            throw unauthorized("the session ended at " + expiry);
        }
        if (account.setup().condition() == AccountCondition.LOCKED) {
            throw unauthorized("the account is locked");
        }
        if (!call.hasContentType("application/json")) {
            throw new RefusedRequest(Reply.empty(415), "the content type is not application/json");
        }
        if (!body.isObject()) {
            throw badRequest("the body is not a JSON object");
        }
        return body;
    }

    private static void noteQuestion(Call call, JsonNode entries) {
        int ids = 0;
        for (JsonNode entry : entries) {
            ids += entry.path("primaryIds").size()
                    + entry.path("secondaryIds").size()
                    + entry.path("ids").size();
        }
        call.noteQuestion(entries.size(), ids);
    }

    private List<String> v2Ids(JsonNode entry) {
        requireNumber(entry, "startDate");
        requireNumber(entry, "endDate");
        requireNumber(entry, "keyType");
        List<String> ids = ids(entry, "primaryIds");
        int primary = ids.size();
        ids.addAll(ids(entry, "secondaryIds"));
        if (Math.max(primary, ids.size() - primary) > settings.maximumIds()) {
            throw new RefusedRequest(
                    Reply.json(200, GatewayAnswer.v2Refusal("400")),
                    "an entry has " + primary + " primary and " + (ids.size() - primary) + " secondary ids, at most "
                            + settings.maximumIds() + " of each are answered");
        }
        return ids;
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

    private static RefusedRequest unauthorized(String reason) {
        return new RefusedRequest(Reply.empty(401), reason);
    }

    private static RefusedRequest badRequest(String reason) {
        return new RefusedRequest(Reply.empty(400), reason);
    }
}
