package org.trackerreports.server.internal.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * The token that comes with a request.
 *
 * @param bearer whether it came in a header that no browser sends by itself
 */
record Credentials(String token, boolean bearer) {

    static Optional<Credentials> of(Head head, String cookieName) {
        Optional<String> header = head.get("Authorization");
        return header.isPresent()
                ? Optional.of(ofHeader(header.get()))
                : cookie(head, cookieName).map(token -> new Credentials(token, false));
    }

    /** Anything else than a token is a wrong one. */
    private static Credentials ofHeader(String header) {
        int blank = header.indexOf(' ');
        String scheme = header.substring(0, Math.max(0, blank)).toLowerCase(Locale.ROOT);
        String rest = header.substring(blank + 1).strip();
        return switch (scheme) {
            case "bearer" -> new Credentials(rest, true);
            case "basic" -> new Credentials(password(rest), false);
            default -> new Credentials("", false);
        };
    }

    private static String password(String base64) {
        try {
            String pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            return pair.substring(pair.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    static Optional<String> cookie(Head head, String name) {
        for (String each : head.get("Cookie").orElse("").split(";")) {
            String cookie = each.strip();
            if (cookie.startsWith(name + "=")) {
                return Optional.of(cookie.substring(name.length() + 1));
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "Credentials[hidden]";
    }
}
