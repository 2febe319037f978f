package org.trackerreports.findmy.http;

import java.net.Authenticator;
import java.net.ProxySelector;
import java.util.Optional;

/**
 * The proxies of calls.
 *
 * @param selector chooses the proxy of an address; empty for the selector of the JVM ({@link ProxySelector#getDefault})
 * @param authenticator knows user and password of the proxies, if they ask for them. A proxy for https addresses gets them only if the
 *     system property {@code jdk.http.auth.tunneling.disabledSchemes} is empty before the first call of the JVM
 */
public record ProxySettings(Optional<ProxySelector> selector, Optional<Authenticator> authenticator) {

    /** What the JVM is set to. */
    public static final ProxySettings OF_JVM = new ProxySettings(Optional.empty(), Optional.empty());

    /** Settings with a selector of their own. */
    public ProxySettings(ProxySelector selector, Optional<Authenticator> authenticator) {
        this(Optional.of(selector), authenticator);
    }

    /** Shows no password. */
    @Override
    public String toString() {
        return "ProxySettings[" + (selector.isPresent() ? "own" : "of the JVM") + "]";
    }
}
