package org.trackerreports.fetcher.setup;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/** Who runs an anisette server, as far as its address tells. No name is looked up. */
enum AnisetteOwner {
    THIS_MACHINE("It runs on this machine."),
    OWN_NETWORK("It runs in your own network."),
    OTHERS("Others run it: your sessions belong to their machine, and end if it is gone. Better run your own.");

    private static final Pattern LOOPBACK = Pattern.compile("localhost|.*\\.localhost|127\\.[\\d.]+|\\[?::1]?");

    /** Addresses of private networks, names without a domain, and domains that exist in one network only. */
    private static final Pattern PRIVATE =
            Pattern.compile("10\\.[\\d.]+|192\\.168\\.[\\d.]+|172\\.(1[6-9]|2\\d|3[01])\\.[\\d.]+|169\\.254\\.[\\d.]+"
                    + "|\\[?f[cde][0-9a-f:]+]?|[^.:]+|.*\\.(local|lan|home|internal|home\\.arpa)");

    private final String sentence;

    AnisetteOwner(String sentence) {
        this.sentence = sentence;
    }

    static AnisetteOwner of(URI address) {
        String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
        if (LOOPBACK.matcher(host).matches()) {
            return THIS_MACHINE;
        }
        return PRIVATE.matcher(host).matches() ? OWN_NETWORK : OTHERS;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For people. */
    String sentence() {
        return sentence;
    }
}
