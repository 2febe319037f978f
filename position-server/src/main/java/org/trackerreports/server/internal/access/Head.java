package org.trackerreports.server.internal.access;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * What decides who may do a request.
 *
 * @param remote who sent it
 * @param localPort where it arrived
 * @param header the first value of a header
 */
public record Head(
        String method,
        InetSocketAddress remote,
        int localPort,
        boolean secure,
        Function<String, Optional<String>> header) {

    private static final List<String> FORWARDED =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via");

    Optional<String> get(String name) {
        return header.apply(name);
    }

    public boolean isReading() {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** Whether the request comes from this machine, and not from a proxy on it. */
    boolean isLocal() {
        return remote.getAddress().isLoopbackAddress()
                && FORWARDED.stream().allMatch(name -> get(name).isEmpty());
    }

    /** Whether the request names this machine. A page of another site can make a browser ask here, but not with this name. */
    boolean namesLoopback() {
        String host = get("Host").map(each -> each.toLowerCase(Locale.ROOT)).orElse("");
        for (String name : List.of("localhost", "127.0.0.1", "[::1]")) {
            if (host.equals(name + ":" + localPort) || host.equals(name) && localPort == (secure ? 443 : 80)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a page of this server sent the request. Its scheme does not count: a proxy may have decrypted it. */
    boolean isOfOwnOrigin() {
        String host = withoutDefaultPort(get("Host").orElse("").toLowerCase(Locale.ROOT));
        return get("Origin")
                .map(origin -> origin.toLowerCase(Locale.ROOT))
                .filter(origin -> origin.matches("https?://[^/]+"))
                .map(origin -> withoutDefaultPort(origin.substring(origin.indexOf("//") + 2)))
                .filter(host::equals)
                .isPresent();
    }

    private static String withoutDefaultPort(String authority) {
        return authority.replaceFirst(":(80|443)$", "");
    }

    /** Whether the browser speaks TLS, with this server or with the proxy in front of it. */
    public boolean isEncrypted() {
        return secure
                || get("X-Forwarded-Proto").filter("https"::equalsIgnoreCase).isPresent();
    }

    /** Whom failed tries are counted for: behind a proxy on this machine, whoever the proxy names. */
    public String source() {
        InetAddress address = remote.getAddress();
        Optional<String> named = address.isLoopbackAddress()
                ? get("X-Forwarded-For")
                        .map(list -> list.substring(list.lastIndexOf(',') + 1).strip())
                : Optional.empty();
        return named.filter(text -> !text.isEmpty() && text.length() <= 64).orElseGet(() -> network(address));
    }

    /** One household has a whole network of addresses of IPv6. */
    private static String network(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return address.getHostAddress();
        }
        StringBuilder prefix = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            prefix.append(String.format("%02x", bytes[i]));
        }
        return prefix.toString();
    }
}
