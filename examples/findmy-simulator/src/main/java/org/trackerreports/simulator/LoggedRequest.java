package org.trackerreports.simulator;

import java.time.Instant;

/**
 * One entry of the request log. Contains no secret and no id.
 *
 * @param time when it was received, by the simulator's clock
 * @param service which service
 * @param method HTTP method
 * @param path path without query
 * @param account Apple ID in lower case, or empty if the request does not tell
 * @param machine short name of the anisette machine, or empty if the request does not tell
 * @param entries number of fetch or search entries of a question for reports, else 0
 * @param ids number of ids over all entries, else 0
 * @param status HTTP status of the answer; 0 without an answer (hang, reset)
 * @param refusal what was wrong with the request, or empty
 * @param fault name of the {@link FaultKind} that struck it, or empty
 */
public record LoggedRequest(
        Instant time,
        Service service,
        String method,
        String path,
        String account,
        String machine,
        int entries,
        int ids,
        int status,
        String refusal,
        String fault) {}
