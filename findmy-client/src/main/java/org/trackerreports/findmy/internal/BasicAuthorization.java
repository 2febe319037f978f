package org.trackerreports.findmy.internal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The header for HTTP basic authentication. The services expect it without sending a challenge first. */
public final class BasicAuthorization {

    private BasicAuthorization() {}

    /**
     * The value of the header {@code Authorization}. Keep it as secret as the secret itself.
     *
     * @param name the user name
     * @param secret the password or token
     * @return the value
     */
    public static String header(String name, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }
}
