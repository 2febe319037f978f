package org.trackerreports.simulator;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Routes each request to its service, applies faults, logs the request, and explains refusals in the log. */
record Dispatcher(Router router, RequestLog requests, Faults faults, Clock clock) {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    /**
     * The answer to a call. What fault struck it, if any, is noted in the call.
     *
     * @param port what the call came in by, which may be for some services only
     */
    Reply answer(Call call, ServicePort port) {
        Instant arrival = clock.instant();
        Optional<Router.Route> route = router.find(call.method(), call.path()).filter(r -> port.serves(r.service()));
        if (route.isEmpty()) {
            LOG.warn(
                    "Refused {} {} with HTTP 404: no service on this port has this endpoint.",
                    call.method(),
                    call.path());
            return Reply.html(404, "Not Found");
        }
        Service service = route.get().service();
        call.expectFaults(() -> faults.strike(service, call.account()));
        Reply reply;
        String refusal = "";
        try {
            try {
                requireTls(call, service);
                reply = route.get().handler().apply(call);
            } catch (RefusedRequest e) {
                // Faults also strike refused requests.
                call.proceed();
                reply = e.reply();
                refusal = String.valueOf(e.getMessage());
                LOG.warn("Refused {} {} with HTTP {}: {}.", call.method(), call.path(), reply.status(), refusal);
            }
            if (call.isStruckBy(FaultKind.HALF_ANSWER)) {
                reply = reply.withBody(Arrays.copyOf(reply.body(), reply.body().length / 2));
            }
        } catch (StruckRequest e) {
            reply = StruckRequest.replacement(call.fault().orElseThrow()).orElseThrow();
        }
        count(arrival, call, service, reply, refusal);
        return reply;
    }

    private static void requireTls(Call call, Service service) {
        if (!call.secure() && service != Service.ANISETTE) {
            throw new RefusedRequest(Reply.html(403, "Forbidden"), "plain HTTP; this service speaks TLS only");
        }
    }

    private void count(Instant arrival, Call call, Service service, Reply reply, String refusal) {
        boolean silent = call.isStruckBy(FaultKind.HANG) || call.isStruckBy(FaultKind.CONNECTION_RESET);
        requests.add(new LoggedRequest(
                arrival,
                service,
                call.method(),
                call.path(),
                call.account(),
                shortName(call.machine()),
                call.entries(),
                call.ids(),
                silent ? 0 : reply.status(),
                refusal,
                call.fault().map(f -> f.kind().name()).orElse("")));
    }

    private static String shortName(String machineId) {
        return machineId.isEmpty() ? "" : String.format("%08x", machineId.hashCode());
    }

    /** The services of a port. */
    interface ServicePort {
        boolean serves(Service service);
    }
}
