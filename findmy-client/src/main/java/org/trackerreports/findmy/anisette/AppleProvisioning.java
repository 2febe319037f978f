package org.trackerreports.findmy.anisette;

import com.dd.plist.NSDictionary;
import feign.Response;
import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.trackerreports.findmy.internal.CallFailedException;
import org.trackerreports.findmy.internal.Digests;
import org.trackerreports.findmy.internal.HttpAnswer;
import org.trackerreports.findmy.internal.Plists;

/** The calls to Apple's service in provisioning. Source: section 3.3 of the protocol page. */
final class AppleProvisioning {

    /** Headers that identify the machine by a digest of its identifier. */
    private final Map<String, String> identity = new LinkedHashMap<>();

    private final ProvisioningApi api;
    private final Clock clock;

    AppleProvisioning(ProvisioningApi api, String clientInfo, UUID identifier, Clock clock) {
        this.api = api;
        this.clock = clock;
        identity.put("Content-Type", "text/x-xml-plist");
        identity.put("Accept", "*/*");
        identity.put("User-Agent", "akd/1.0 CFNetwork/978.0.7 Darwin/18.7.0");
        identity.put("X-Mme-Client-Info", clientInfo);
        identity.put(
                "X-Apple-I-MD-LU",
                HexFormat.of().withUpperCase().formatHex(Digests.sha256(ProvisionedMachine.bytes(identifier))));
        identity.put("X-Mme-Device-Id", identifier.toString().toUpperCase(Locale.ROOT));
        identity.put("X-Apple-I-TimeZone", "UTC");
        identity.put("X-Apple-Locale", "en_US");
    }

    /** The addresses of the two calls. */
    record Addresses(URI start, URI finish) {}

    Addresses lookup() throws AnisetteException {
        Map<String, String> headers = headers();
        NSDictionary urls = dictionary(plist(() -> api.lookup(headers)), "urls");
        return new Addresses(address(urls, "midStartProvisioning"), address(urls, "midFinishProvisioning"));
    }

    private static URI address(NSDictionary urls, String name) throws AnisetteException {
        String text = text(urls, name);
        try {
            URI address = URI.create(text);
            if ("https".equals(address.getScheme())) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new AnisetteException("the provisioning service returned an invalid address: " + name, e);
        }
        throw new AnisetteException("the provisioning service returned an address that is not https: " + name);
    }

    /** Starts provisioning, and returns the start data {@code spim}. */
    String start(URI address) throws AnisetteException {
        return text(step(address, Map.of()), "spim");
    }

    /** Ends provisioning with the data from the anisette server. */
    NSDictionary finish(URI address, String cpim) throws AnisetteException {
        return step(address, Map.of("cpim", cpim));
    }

    private NSDictionary step(URI address, Map<String, String> request) throws AnisetteException {
        Map<String, String> headers = headers();
        byte[] body = Plists.write(Map.of("Header", Map.of(), "Request", request));
        return dictionary(plist(() -> api.step(address, headers, body)), "Response");
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>(identity);
        headers.put(
                "X-Apple-I-Client-Time",
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        return headers;
    }

    private static NSDictionary plist(Supplier<Response> call) throws AnisetteException {
        HttpAnswer answer;
        try {
            answer = HttpAnswer.of(call);
        } catch (CallFailedException e) {
            throw new AnisetteException("the provisioning service does not answer (" + e.getMessage() + ")", e);
        }
        if (!answer.successful()) {
            throw new AnisetteException("the provisioning service answered with HTTP " + answer.status()
                    + "; 503 means that it refuses the client information, or is down");
        }
        return Plists.readDictionary(answer.body())
                .orElseThrow(
                        () -> new AnisetteException("the provisioning service did not answer with a property list"));
    }

    private static NSDictionary dictionary(NSDictionary plist, String name) throws AnisetteException {
        return Plists.dictionary(plist, name)
                .orElseThrow(() -> new AnisetteException("the answer of the provisioning service lacks " + name));
    }

    static String text(NSDictionary plist, String name) throws AnisetteException {
        return Plists.text(plist, name)
                .orElseThrow(() -> new AnisetteException("the answer of the provisioning service lacks " + name
                        + Plists.dictionary(plist, "Status")
                                .flatMap(status -> Plists.text(status, "em"))
                                .map(message -> " (" + message + ")")
                                .orElse("")));
    }
}
