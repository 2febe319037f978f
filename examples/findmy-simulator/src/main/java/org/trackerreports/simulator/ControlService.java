package org.trackerreports.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.trackerreports.simulator.world.Position;
import org.trackerreports.simulator.world.Sighting;

/** The control API: everything that the Java API offers, as JSON. Each path is documented in the README. */
record ControlService(Simulator simulator, SimulatorSettings settings) {

    Reply answer(Call call) {
        try {
            if (call.method().equals("GET") && call.path().equals("/certificate-authority.pem")) {
                byte[] pem = simulator.certificateAuthorityPem().getBytes(StandardCharsets.US_ASCII);
                return new Reply(200, "application/x-pem-file", Map.of(), pem);
            }
            if (call.body().length > 0 && !call.hasContentType("application/json")) {
                return error(415, "The content type must be application/json.");
            }
            return reply(200, result(call));
        } catch (NoSuchElementException e) {
            return error(404, e.getMessage());
        } catch (IllegalArgumentException e) {
            return error(400, e.getMessage());
        }
    }

    /** With a line end, which a person at a terminal likes. */
    private static Reply reply(int status, JsonNode result) {
        return Reply.json(status, (result + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static Reply error(int status, @Nullable String message) {
        return reply(status, Json.object().put("error", message));
    }

    private JsonNode result(Call call) {
        String[] path = call.path().substring(1).split("/");
        String first = path[0];
        if (path.length == 1) {
            return switch (call.method() + ' ' + first) {
                case "GET " -> ControlViews.status(simulator, settings);
                case "GET accounts" -> ControlViews.accounts(simulator.accounts());
                case "POST accounts" -> addAccount(call);
                case "GET tags" -> ControlViews.names(simulator.world().tagNames());
                case "POST tags" -> addTag(call);
                case "GET faults" -> ControlViews.faults(simulator.faults().active());
                case "POST faults" -> addFault(call);
                case "DELETE faults" -> done(simulator.faults()::clear);
                case "GET requests" -> requests(call);
                case "DELETE requests" -> done(simulator.requests()::clear);
                case "GET counts" -> ControlViews.counts(simulator.requests());
                case "POST prepare" -> done(() -> simulator.world().prepare(now(), 1));
                default -> throw unknown(call);
            };
        }
        String name = path[1];
        String rest = path.length == 2 ? "" : String.join("/", List.of(path).subList(2, path.length));
        return switch (first) {
            case "accounts" -> account(call, name, rest);
            case "tags" -> tag(call, name, rest);
            case "faults" -> fault(call, name, rest);
            case "anisette" -> anisette(call, name, rest);
            default -> throw unknown(call);
        };
    }

    private JsonNode addAccount(Call call) {
        Scenario.AccountJson account = Scenario.read(call.body(), Scenario.AccountJson.class);
        simulator.accounts().add(account.toAccount());
        return Json.object().put("dsid", simulator.accounts().dsid(account.appleId()));
    }

    private JsonNode account(Call call, String appleId, String rest) {
        Accounts accounts = simulator.accounts();
        return switch (call.method() + ' ' + rest) {
            case "PATCH " -> {
                Scenario.AccountJson change = Scenario.read(call.body(), Scenario.AccountJson.class);
                yield done(() -> accounts.change(appleId, change::appliedTo));
            }
            case "GET code" ->
                Json.object()
                        .put(
                                "code",
                                accounts.lastCode(appleId)
                                        .orElseThrow(() -> new NoSuchElementException("No code is waiting.")));
            case "POST forget-trust" -> done(() -> accounts.forgetTrust(appleId));
            case "POST expire-sessions" -> done(() -> accounts.expireSessions(appleId));
            case "POST end-sign-ins" -> done(() -> accounts.endSignIns(appleId));
            case "POST sessions" ->
                Json.object()
                        .put("dsid", accounts.dsid(appleId))
                        .put("searchPartyToken", accounts.openSession(appleId, settings.sessionLifetime()));
            default -> throw unknown(call);
        };
    }

    private JsonNode addTag(Call call) {
        TagJson tag = Scenario.read(call.body(), TagJson.class);
        simulator.world().addTag(tag.toSpec());
        return Json.object().put("name", tag.name());
    }

    private JsonNode tag(Call call, String name, String rest) {
        return switch (call.method() + ' ' + rest) {
            case "DELETE " -> {
                if (!simulator.world().removeTag(name)) {
                    throw new NoSuchElementException("There is no tag named " + name + ".");
                }
                yield Json.object();
            }
            case "GET truth" -> {
                Instant until = time(call, "until", now());
                Instant from = time(call, "from", until.minus(Duration.ofDays(7)));
                yield ControlViews.sightings(simulator.world().truth(name, from, until));
            }
            case "GET newest" ->
                ControlViews.sighting(simulator
                        .world()
                        .newestVisible(name, time(call, "at", now()))
                        .orElseThrow(() -> new NoSuchElementException("There is no report of this tag.")));
            case "POST sightings" -> addSighting(call, name);
            default -> throw unknown(call);
        };
    }

    private JsonNode addSighting(Call call, String name) {
        SightingJson sighting = Scenario.read(call.body(), SightingJson.class);
        simulator.world().addSighting(name, sighting.toSighting(now()));
        return Json.object();
    }

    private JsonNode addFault(Call call) {
        Fault fault = Scenario.read(call.body(), Scenario.FaultJson.class).toFault();
        return Json.object().put("id", simulator.faults().add(fault));
    }

    private JsonNode fault(Call call, String id, String rest) {
        if (!call.method().equals("DELETE") || !rest.isEmpty() || !id.matches("[0-9]{1,9}")) {
            throw unknown(call);
        }
        if (!simulator.faults().remove(Integer.parseInt(id))) {
            throw new NoSuchElementException("No fault with the number " + id + " is waiting.");
        }
        return Json.object();
    }

    private JsonNode anisette(Call call, String action, String rest) {
        if (!call.method().equals("POST") || !action.equals("reprovision") || !rest.isEmpty()) {
            throw unknown(call);
        }
        return done(simulator::reprovisionAnisette);
    }

    private JsonNode requests(Call call) {
        ArrayNode result = Json.MAPPER.createArrayNode();
        String service = call.query("service");
        simulator.requests().recent().stream()
                .filter(r -> service == null || r.service().name().equalsIgnoreCase(service))
                .map(ControlViews::request)
                .forEach(result::add);
        return result;
    }

    private static Instant time(Call call, String name, Instant otherwise) {
        String text = call.query(name);
        try {
            return text == null ? otherwise : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(name + " must be of the form 2026-01-01T12:00:00Z, found " + text, e);
        }
    }

    private Instant now() {
        return settings.clock().instant();
    }

    private static ObjectNode done(Runnable action) {
        action.run();
        return Json.object();
    }

    private static NoSuchElementException unknown(Call call) {
        return new NoSuchElementException(
                "The control API has no " + call.method() + ' ' + call.path() + "; see the README.");
    }

    /** A sighting as JSON; what is left out is filled in. */
    record SightingJson(
            String hashedKey,
            Instant time,
            Double latitude,
            Double longitude,
            Integer accuracy,
            Integer confidence,
            Integer status,
            Instant uploadedAt) {
        Sighting toSighting(Instant now) {
            if (hashedKey == null || latitude == null || longitude == null) {
                throw new IllegalArgumentException("A sighting needs hashedKey, latitude and longitude.");
            }
            Instant at = (time == null ? now : time).truncatedTo(ChronoUnit.SECONDS);
            var position = Position.ofDegrees(latitude, longitude);
            return new Sighting(
                    hashedKey,
                    at,
                    position.latitudeE7(),
                    position.longitudeE7(),
                    accuracy == null ? 10 : accuracy,
                    confidence == null ? 2 : confidence,
                    status == null ? 0 : status,
                    uploadedAt == null ? at : uploadedAt);
        }
    }
}
