package org.trackerreports.findmy.internal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The header of basic authorisation. It is sent without being asked for, as the services expect. */
public final class BasicAuthorization {

    private BasicAuthorization() {}

    /** The value of the header {@code Authorization}; as secret as the secret. */
    public static String header(String name, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }
}
