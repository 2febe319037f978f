package org.trackerreports.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One request, whole, as the services see it. What a service finds out about it is noted here for the request log.
 *
 * <p>Used by one thread at a time.
 */
final class Call {
    private final String method;
    private final String path;
    private final Function<String, String> query;
    private final boolean secure;
    private final Function<String, String> headers;
    private final byte[] body;
    private Supplier<Optional<Fault>> faults = Optional::empty;
    private Optional<Fault> fault = Optional.empty();
    private boolean proceeded;
    private String account = "";
    private String machine = "";
    private int entries;
    private int ids;

    Call(
            String method,
            String path,
            Function<String, String> query,
            boolean secure,
            Function<String, String> headers,
            byte[] body) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.secure = secure;
        this.headers = headers;
        this.body = body;
    }

    /** Sets the source of faults, as soon as the service is known. */
    void expectFaults(Supplier<Optional<Fault>> newFaults) {
        faults = newFaults;
    }

    /**
     * Called by a service when it knows whose request this is and before it changes anything: now a waiting fault may strike.
     *
     * @throws StruckRequest if the fault takes the place of the answer
     */
    void proceed() {
        if (!proceeded) {
            proceeded = true;
            fault = faults.get();
            if (fault.flatMap(StruckRequest::replacement).isPresent()) {
                throw new StruckRequest();
            }
        }
    }

    Optional<Fault> fault() {
        return fault;
    }

    boolean isStruckBy(FaultKind kind) {
        return fault.isPresent() && fault.get().kind() == kind;
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    /** The value of a query parameter, or null. */
    String query(String name) {
        return query.apply(name);
    }

    boolean secure() {
        return secure;
    }

    byte[] body() {
        return body;
    }

    /** The header's value, or null. Letter case of the name does not matter. */
    String header(String name) {
        return headers.apply(name);
    }

    boolean hasContentType(String expected) {
        String type = header("Content-Type");
        return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase(expected);
    }

    Optional<Basic> basic() {
        String value = header("Authorization");
        if (value == null || !value.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            String pair =
                    new String(Base64.getDecoder().decode(value.substring(6).strip()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new Basic(pair.substring(0, colon), pair.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    void noteAccount(String appleId) {
        account = appleId;
    }

    void noteMachine(String machineId) {
        machine = machineId == null ? "" : machineId;
    }

    void noteQuestion(int entryCount, int idCount) {
        entries = entryCount;
        ids = idCount;
    }

    String account() {
        return account;
    }

    String machine() {
        return machine;
    }

    int entries() {
        return entries;
    }

    int ids() {
        return ids;
    }

    /** User name and password of basic authorisation. */
    record Basic(String user, String password) {
        @Override
        public String toString() {
            return "Basic[hidden]";
        }
    }
}
