package org.trackerreports.findmy.fetch;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.trackerreports.findmy.anisette.AnisetteException;
import org.trackerreports.findmy.anisette.AnisetteProvider;
import org.trackerreports.findmy.http.HttpSettings;
import org.trackerreports.findmy.http.ServiceAddresses;
import org.trackerreports.findmy.internal.BasicAuthorization;
import org.trackerreports.findmy.internal.CallFailedException;
import org.trackerreports.findmy.internal.CallFailedException.Kind;
import org.trackerreports.findmy.internal.HttpAnswer;
import org.trackerreports.findmy.internal.Transport;
import org.trackerreports.findmy.internal.Transport.Trust;
import org.trackerreports.findmy.login.Session;

/**
 * The report service: one call of {@link #fetch} makes exactly one request, whatever its outcome. {@link AccountClient} decides whether
 * and when to ask again, because each request counts against the account's budget. Thread-safe.
 */
public final class ReportService {

    private final GatewayApi api;
    private final AnisetteProvider anisette;
    private final Clock clock;
    private final FetchProtocol protocol;

    /** The service with its current protocol. */
    public ReportService(ServiceAddresses addresses, HttpSettings http, AnisetteProvider anisette, Clock clock) {
        this(addresses, http, anisette, clock, FetchProtocol.V2);
    }

    /** The service with a chosen protocol. */
    public ReportService(
            ServiceAddresses addresses,
            HttpSettings http,
            AnisetteProvider anisette,
            Clock clock,
            FetchProtocol protocol) {
        this.api = new Transport(http).sharing(GatewayApi.class, addresses.gateway(), Trust.PLATFORM);
        this.anisette = Objects.requireNonNull(anisette, "anisette");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.protocol = Objects.requireNonNull(protocol, "protocol");
    }

    /**
     * Makes one request.
     *
     * @param session whose session the request uses
     * @param query what to ask for
     */
    public FetchOutcome fetch(Session session, FetchQuery query) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json");
        headers.put("Authorization", BasicAuthorization.header(session.dsid(), session.searchPartyToken()));
        try {
            headers.putAll(session.identity().headers(anisette.current(), clock.instant()));
        } catch (AnisetteException e) {
            return new FetchOutcome.NoAnisette(e.getMessage());
        }
        try {
            return FetchAnswers.read(protocol, ask(headers, query), query, clock);
        } catch (CallFailedException e) {
            String detail = "the report service: " + e.getMessage();
            return e.kind() == Kind.TIMED_OUT
                    ? new FetchOutcome.TimedOut(detail)
                    : new FetchOutcome.Unreachable(detail);
        }
    }

    private HttpAnswer ask(Map<String, String> headers, FetchQuery query) throws CallFailedException {
        return switch (protocol) {
            case V2 -> {
                byte[] body = FetchBodies.v2(query);
                yield HttpAnswer.of(() -> api.fetchV2(headers, body));
            }
            case V1 -> {
                byte[] body = FetchBodies.v1(query);
                yield HttpAnswer.of(() -> api.fetchV1(headers, body));
            }
        };
    }
}
