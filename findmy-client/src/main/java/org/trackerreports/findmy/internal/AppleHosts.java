package org.trackerreports.findmy.internal;

import java.net.URI;
import java.util.List;
import java.util.Locale;

/** The hosts of Apple, for which nobody else's certificate authority may vouch. */
final class AppleHosts {

    private static final List<String> DOMAINS =
            List.of("apple.com", "icloud.com", "icloud-content.com", "apple-cloudkit.com", "icloud.com.cn", "me.com");

    private AppleHosts() {}

    static boolean include(URI address) {
        String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return DOMAINS.stream().anyMatch(domain -> name.equals(domain) || name.endsWith("." + domain));
    }
}
