package org.trackerreports.findmy.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The address of a server, without the user and the password that an address can contain.
 *
 * @param address where the calls go; can be shown
 * @param authorization the value of the header {@link #AUTHORIZATION}, which is secret
 */
public record ServerAddress(URI address, Optional<String> authorization) {

    static final String AUTHORIZATION = "Authorization";

    /**
     * Takes user and password, which are percent-encoded, out of an address.
     *
     * @param address the address as it was configured
     * @return the parts
     */
    public static ServerAddress of(URI address) {
        String credentials = address.getRawUserInfo();
        if (credentials == null) {
            return new ServerAddress(address, Optional.empty());
        }
        String[] parts = credentials.split(":", 2);
        try {
            URI plain = new URI(
                    address.getScheme(), null, address.getHost(), address.getPort(), address.getPath(), null, null);
            return new ServerAddress(
                    plain,
                    Optional.of(
                            BasicAuthorization.header(decoded(parts[0]), parts.length < 2 ? "" : decoded(parts[1]))));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("the address is not valid without its user and password");
        }
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Shows no password. */
    @Override
    public String toString() {
        return address.toString();
    }
}
