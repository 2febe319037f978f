package org.trackerreports.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import org.trackerreports.simulator.world.Sighting;

/** How the control API shows things. Passwords are not shown. */
final class ControlViews {
    private ControlViews() {}

    static ObjectNode status(Simulator simulator, SimulatorSettings settings) {
        return Json.object()
                .put("gsa", simulator.gsaUrl().toString())
                .put("setup", simulator.setupUrl().toString())
                .put("gateway", simulator.gatewayUrl().toString())
                .put("anisette", simulator.anisetteUrl().toString())
                .put("seed", settings.seed())
                .put("time", settings.clock().instant().toString())
                .put("accounts", simulator.accounts().all().size())
                .put("tags", simulator.world().size())
                .put("faults", simulator.faults().active().size());
    }

    static ArrayNode accounts(Accounts accounts) {
        ArrayNode result = array();
        for (SimulatedAccount account : accounts.all()) {
            result.addObject()
                    .put("appleId", account.appleId())
                    .put("dsid", accounts.dsid(account.appleId()))
                    .put("passwordProtocol", account.passwordProtocol().name())
                    .put("secondFactor", account.secondFactor().name())
                    .put("condition", account.condition().name())
                    .put("phoneNumbers", account.phoneNumbers())
                    .put("codeOnPage", account.codeOnPage());
        }
        return result;
    }

    static ArrayNode names(List<String> names) {
        ArrayNode result = array();
        names.forEach(result::add);
        return result;
    }

    static ArrayNode faults(List<Faults.ActiveFault> active) {
        ArrayNode result = array();
        for (Faults.ActiveFault one : active) {
            Fault fault = one.fault();
            ObjectNode node = result.addObject()
                    .put("id", one.id())
                    .put("service", fault.service().name())
                    .put("kind", fault.kind().name())
                    .put("struck", one.struck())
                    .put("probability", fault.probability())
                    .put("delaySeconds", fault.delay().toMillis() / 1000.0)
                    .put("retryAfterSeconds", fault.retryAfter().toSeconds());
            if (fault.times() != Fault.ALWAYS) {
                node.put("times", fault.times());
            }
            if (!fault.lifetime().equals(Fault.FOREVER)) {
                node.put("seconds", fault.lifetime().toMillis() / 1000.0);
            }
            if (!fault.account().isEmpty()) {
                node.put("account", fault.account());
            }
        }
        return result;
    }

    static ArrayNode sightings(List<Sighting> sightings) {
        ArrayNode result = array();
        sightings.stream().map(ControlViews::sighting).forEach(result::add);
        return result;
    }

    static ObjectNode sighting(Sighting sighting) {
        return Json.object()
                .put("hashedKey", sighting.hashedKey())
                .put("time", sighting.time().toString())
                .put("latitude", BigDecimal.valueOf(sighting.latitudeE7(), 7))
                .put("longitude", BigDecimal.valueOf(sighting.longitudeE7(), 7))
                .put("accuracy", sighting.horizontalAccuracy())
                .put("confidence", sighting.confidence())
                .put("status", sighting.status())
                .put("uploadedAt", sighting.uploadedAt().toString());
    }

    static ObjectNode request(LoggedRequest request) {
        return Json.object()
                .put("time", request.time().toString())
                .put("service", request.service().name())
                .put("method", request.method())
                .put("path", request.path())
                .put("account", request.account())
                .put("machine", request.machine())
                .put("entries", request.entries())
                .put("ids", request.ids())
                .put("status", request.status())
                .put("refusal", request.refusal())
                .put("fault", request.fault());
    }

    static ObjectNode counts(RequestLog requests) {
        ObjectNode result = Json.object();
        ObjectNode services = result.putObject("services");
        for (Service service : Service.values()) {
            services.put(service.name(), requests.count(service));
        }
        ObjectNode accounts = result.putObject("accounts");
        for (String account : requests.accounts()) {
            ObjectNode node = accounts.putObject(account)
                    .put("fetches", requests.fetches(account))
                    .put("mostPerHour", requests.mostPerHour(account));
            requests.smallestGap(account).ifPresent(gap -> node.put("smallestGapSeconds", gap.toMillis() / 1000.0));
        }
        return result;
    }

    private static ArrayNode array() {
        return Json.MAPPER.createArrayNode();
    }
}
