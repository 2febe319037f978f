package org.trackerreports.findmy.fetch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.trackerreports.findmy.anisette.AnisetteException;
import org.trackerreports.findmy.anisette.AnisetteProvider;
import org.trackerreports.findmy.http.HttpSettings;
import org.trackerreports.findmy.http.ServiceAddresses;
import org.trackerreports.findmy.internal.CallFailedException;
import org.trackerreports.findmy.internal.HttpAnswer;
import org.trackerreports.findmy.internal.Transport;
import org.trackerreports.findmy.internal.Transport.Trust;
import org.trackerreports.findmy.key.HashedAdvertisementKey;
import org.trackerreports.findmy.login.Session;

/**
 * The report service: one call of {@link #fetch} is exactly one request, whatever comes of it. Who asks again, and when, is the
 * caller's decision, because each request counts against what the account may do. Thread-safe.
 */
public final class ReportService {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final GatewayApi api;
    private final AnisetteProvider anisette;
    private final Clock clock;

    public ReportService(ServiceAddresses addresses, HttpSettings http, AnisetteProvider anisette, Clock clock) {
        this.api = new Transport(http).sharing(GatewayApi.class, addresses.gateway(), Trust.PLATFORM);
        this.anisette = Objects.requireNonNull(anisette, "anisette");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** Asks once. */
    public FetchOutcome fetch(Session session, FetchQuery query) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json");
        headers.put(
                "Authorization",
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString((session.dsid() + ":" + session.searchPartyToken())
                                        .getBytes(StandardCharsets.UTF_8)));
        try {
            headers.putAll(session.identity().headers(anisette.current(), clock.instant()));
        } catch (AnisetteException e) {
            return new FetchOutcome.NoAnisette(e.getMessage());
        }
        byte[] body = body(query);
        try {
            return FetchAnswers.read(HttpAnswer.of(() -> api.fetch(headers, body)), query, clock);
        } catch (CallFailedException e) {
            return new FetchOutcome.Unreachable("the report service: " + e.getMessage());
        }
    }

    private static byte[] body(FetchQuery query) {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("clientContext")
                .put("clientBundleIdentifier", "com.apple.icloud.searchpartyuseragent")
                .put("policy", "foregroundClient");
        ArrayNode fetch = root.putArray("fetch");
        for (FetchQuery.Entry entry : query.entries()) {
            ObjectNode node = fetch.addObject();
            node.putArray("ownedDeviceIds");
            node.put("keyType", 1)
                    .put("startDate", query.from().toEpochMilli())
                    .put("startDateSecondary", query.from().toEpochMilli())
                    .put("endDate", query.to().toEpochMilli());
            addAll(node.putArray("primaryIds"), entry.primaryIds());
            addAll(node.putArray("secondaryIds"), entry.secondaryIds());
        }
        try {
            return JSON.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers cannot be written as JSON", e);
        }
    }

    private static void addAll(ArrayNode array, List<HashedAdvertisementKey> ids) {
        ids.forEach(id -> array.add(id.base64()));
    }
}
