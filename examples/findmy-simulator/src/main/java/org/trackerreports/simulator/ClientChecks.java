package org.trackerreports.simulator;

import com.dd.plist.NSDictionary;
import com.dd.plist.NSNumber;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Checks that all services make of a client: its client information, its anisette headers and its clock. */
record ClientChecks(Anisette anisette, Clock clock) {

    private static final Pattern CLIENT_INFO =
            Pattern.compile("<[^<>;]+> <[^<>;]+;[^<>;]+;[^<>;]+> <[^<>]+/[^<>]+ \\([^<>]+/[^<>]+\\)>");
    private static final Pattern LOCAL_USER_HASH = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(10);
    private static final List<String> BOOTSTRAP_FLAGS = List.of("bootstrap", "icscrec", "pbe", "prkgen");

    /**
     * Refuses a request without the client information in its usual form.
     *
     * @param refusal makes the refusal of what is wrong
     */
    void requireClientInfo(Call call, Function<String, RefusedRequest> refusal) {
        clientInfoFault(call).ifPresent(fault -> {
            throw refusal.apply(fault);
        });
    }

    /**
     * Refuses a request whose anisette headers are incomplete or stale.
     *
     * @param refusal makes the refusal of what is wrong
     */
    void requireAnisette(Call call, Function<String, RefusedRequest> refusal) {
        call.noteMachine(call.header("X-Apple-I-MD-M"));
        stale(call).or(() -> anisetteFault(call::header)).ifPresent(fault -> {
            throw refusal.apply(fault);
        });
    }

    private static Optional<String> clientInfoFault(Call call) {
        String info = call.header("X-MMe-Client-Info");
        if (info == null) {
            return Optional.of("the header X-MMe-Client-Info is missing");
        }
        return CLIENT_INFO.matcher(info).matches()
                ? Optional.empty()
                : Optional.of("X-MMe-Client-Info is not of the form <model> <os;version;build> <framework/version"
                        + " (bundle/version)>");
    }

    /** Checks the client data inside a login's body: flags and anisette members. */
    Optional<String> clientDataFault(Call call, NSDictionary clientData) {
        Optional<String> fault = stale(call)
                .or(() -> anisetteFault(name -> Plists.string(clientData, name).orElse(null)));
        if (fault.isPresent()) {
            return fault;
        }
        for (String flag : BOOTSTRAP_FLAGS) {
            if (!(clientData.get(flag) instanceof NSNumber number) || !number.isBoolean()) {
                return Optional.of("the flag " + flag + " is missing in cpd");
            }
        }
        return Plists.string(clientData, "svct").isEmpty() ? Optional.of("svct is missing in cpd") : Optional.empty();
    }

    /** Whether what makes an anisette header set is there at all. */
    static boolean hasMachine(NSDictionary clientData) {
        return Plists.string(clientData, "X-Apple-I-MD")
                        .filter(s -> !s.isEmpty())
                        .isPresent()
                && Plists.string(clientData, "X-Apple-I-MD-M")
                        .filter(s -> !s.isEmpty())
                        .isPresent();
    }

    static MachineIdentity machine(Function<String, String> headers) {
        return new MachineIdentity(headers.apply("X-Apple-I-MD-M"), headers.apply("X-Mme-Device-Id"));
    }

    private static Optional<String> stale(Call call) {
        return call.isStruckBy(FaultKind.STALE_ANISETTE)
                ? Optional.of("the one-time password is taken as stale, by an injected fault")
                : Optional.empty();
    }

    private Optional<String> anisetteFault(Function<String, String> headers) {
        for (String name : List.of(
                "X-Apple-I-MD",
                "X-Apple-I-MD-M",
                "X-Apple-I-MD-RINFO",
                "X-Apple-I-MD-LU",
                "X-Mme-Device-Id",
                "X-Apple-I-Client-Time",
                "X-Apple-I-TimeZone",
                "X-Apple-Locale")) {
            String value = headers.apply(name);
            if (value == null || value.isBlank()) {
                return Optional.of(name + " is missing");
            }
        }
        if (!headers.apply("X-Apple-I-MD-RINFO").matches("[0-9]{1,10}")) {
            return Optional.of("X-Apple-I-MD-RINFO is not a decimal number");
        }
        if (!isLocalUser(headers.apply("X-Apple-I-MD-LU"))) {
            return Optional.of("X-Apple-I-MD-LU is neither base64 of a UUID's text nor 64 hexadecimal digits");
        }
        if (!isUuid(headers.apply("X-Mme-Device-Id"))) {
            return Optional.of("X-Mme-Device-Id is not a UUID");
        }
        Optional<String> clockFault = clockFault(headers.apply("X-Apple-I-Client-Time"));
        return clockFault.isPresent()
                ? clockFault
                : anisette.fault(headers.apply("X-Apple-I-MD"), headers.apply("X-Apple-I-MD-M"));
    }

    private Optional<String> clockFault(String clientTime) {
        try {
            // Well-known clients send an offset and a Z behind it; Apple tolerates that.
            String text = clientTime.replaceFirst("\\+00:00Z$", "Z");
            Duration off = Duration.between(OffsetDateTime.parse(text).toInstant(), clock.instant());
            return off.abs().compareTo(CLOCK_TOLERANCE) <= 0
                    ? Optional.empty()
                    : Optional.of("X-Apple-I-Client-Time is off by " + off.toSeconds() + " s");
        } catch (DateTimeParseException e) {
            return Optional.of("X-Apple-I-Client-Time is not of the form 2026-01-01T12:00:00Z");
        }
    }

    private static boolean isLocalUser(String value) {
        if (LOCAL_USER_HASH.matcher(value).matches()) {
            return true;
        }
        try {
            return isUuid(new String(Base64.getDecoder().decode(value), StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isUuid(String value) {
        try {
            return value.length() == 36 && UUID.fromString(value) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
