package org.trackerreports.fetcher.operations;

import java.net.InetAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names under which an HTTP server answers. A web page can make a browser ask a server of the loopback interface or of the local network,
 * under a name that the page's owner lets point there; the browser then lets the page read the answer. Such a request has that name as its
 * host.
 */
final class HostNames {

    private static final Pattern PORT = Pattern.compile(":\\d{0,5}$");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    private final Set<String> names = new HashSet<>();
    private final boolean anyAddress;

    /**
     * @param bind the name or address that the server was told to listen on
     * @param address what it listens on; if that is every address of the machine, it answers under every address
     * @param further further names
     */
    HostNames(String bind, InetAddress address, Collection<String> further) {
        names.add(normal(bind));
        names.add(bracketed(address.getHostAddress()));
        further.forEach(name -> names.add(normal(name)));
        anyAddress = address.isAnyLocalAddress();
    }

    /**
     * Whether a request is for this server.
     *
     * @param hosts the values of its header {@code Host}; a request of HTTP/1.0 has none, and no browser sends it
     */
    boolean contain(List<String> hosts) {
        if (hosts.size() != 1) {
            return hosts.isEmpty();
        }
        String name = normal(PORT.matcher(hosts.get(0).strip()).replaceFirst(""));
        return names.contains(name)
                || LOOPBACK.matcher(name).matches()
                || (anyAddress && (name.startsWith("[") || IPV4.matcher(name).matches()));
    }

    private static String normal(String name) {
        String lower = bracketed(name.strip().toLowerCase(Locale.ROOT));
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** An IPv6 address as it is written in a URL, without its zone. */
    private static String bracketed(String name) {
        boolean bare = name.indexOf(':') >= 0 && !name.startsWith("[");
        return bare ? "[" + name.replaceFirst("%.*", "") + "]" : name;
    }
}
