package org.trackerreports.findmy.http;

import java.net.URI;
import java.util.Objects;

/**
 * The addresses of the services.
 *
 * @param gsa sign-in and second factor; its TLS chain must end in Apple's own root certificate, which no platform ships
 * @param setup the delegates call, which returns the search-party token
 * @param gateway the report service
 */
public record ServiceAddresses(URI gsa, URI setup, URI gateway) {

    /** Apple's own addresses. Source: FindMy.py {@code account.py}. */
    public static final ServiceAddresses APPLE = new ServiceAddresses(
            URI.create("https://gsa.apple.com"),
            URI.create("https://setup.icloud.com"),
            URI.create("https://gateway.icloud.com"));

    /**
     * Checks the addresses.
     *
     * @throws IllegalArgumentException if one is not an absolute https address: passwords and tokens go there
     */
    public ServiceAddresses {
        requireHttps("gsa", gsa);
        requireHttps("setup", setup);
        requireHttps("gateway", gateway);
    }

    private static void requireHttps(String name, URI address) {
        Objects.requireNonNull(address, name);
        if (!"https".equals(address.getScheme()) || address.getHost() == null) {
            throw new IllegalArgumentException(
                    "the " + name + " address must be like https://host[:port], found " + address);
        }
    }
}
