package org.trackerreports.simulator;

import java.util.EnumSet;
import java.util.Set;

/** The kinds of faults. */
public enum FaultKind {
    /** HTTP 401, empty. */
    UNAUTHORIZED,
    /** HTTP 403, empty. */
    FORBIDDEN,
    /** HTTP 429 with {@code Retry-After}. */
    TOO_MANY_REQUESTS,
    /** HTTP 500, empty. */
    SERVER_ERROR,
    /** HTTP 502 with a small page. */
    BAD_GATEWAY,
    /** HTTP 503 with a small page. */
    UNAVAILABLE,
    /** HTTP 541, empty; seen for stale sessions. */
    STATUS_541,
    /** HTTP 200 without a body. */
    EMPTY_ANSWER,
    /** HTTP 200 with a page in place of the answer. */
    HTML_PAGE,
    /** HTTP 200 with the first half of the right answer. */
    HALF_ANSWER,
    /** The right answer, after the fault's delay. */
    SLOW,
    /** No answer; the connection stays open for the fault's delay. */
    HANG,
    /** The connection is reset in place of an answer. */
    CONNECTION_RESET,
    /**
     * At the anisette server: a one-time password of an hour ago. At the others: the request is refused as if its one-time password
     * were stale.
     */
    STALE_ANISETTE,
    /** At the anisette server: header names in lower case. */
    LOWER_CASE_HEADERS(Service.ANISETTE),
    /** At the anisette server: no machine id. */
    MISSING_MACHINE_ID(Service.ANISETTE),
    /** The token in the request ends: the session's at the gateway, the login's at the delegates. It stays ended. */
    TOKEN_EXPIRY(Service.GATEWAY, Service.SETUP),
    /** HTTP 200 whose own {@code statusCode} is 500. */
    WRONG_STATUS_CODE(Service.GATEWAY),
    /** The answer also contains a report of an id that was not requested. */
    UNASKED_IDS(Service.GATEWAY),
    /** Every report is returned twice. */
    DUPLICATE_REPORTS(Service.GATEWAY),
    /** Reports come oldest first, and an entry that gets only one gets the one before the newest. */
    OUT_OF_ORDER_REPORTS(Service.GATEWAY),
    /** Payloads are random bytes of the right length. */
    GARBAGE_PAYLOADS(Service.GATEWAY),
    /** Payloads are encrypted to another key. */
    WRONG_KEY_PAYLOADS(Service.GATEWAY),
    /** Payloads are one byte short or long: 87 or 90 bytes. */
    ODD_LENGTH_PAYLOADS(Service.GATEWAY);

    private final Set<Service> services;

    FaultKind() {
        services = EnumSet.allOf(Service.class);
    }

    FaultKind(Service first, Service... more) {
        services = EnumSet.of(first, more);
    }

    /** Whether this can happen at the service. */
    public boolean isPossibleAt(Service service) {
        return services.contains(service);
    }
}
