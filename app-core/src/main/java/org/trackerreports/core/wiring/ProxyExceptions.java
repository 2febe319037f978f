package org.trackerreports.core.wiring;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which hosts are reached without a proxy, from the text of NO_PROXY: names (which include all names below them, with or without a dot in
 * front), IP addresses, networks such as 10.0.0.0/8, each with a port or without; {@code *} for all. Immutable and thread-safe.
 */
final class ProxyExceptions {

    private static final Pattern SEPARATOR = Pattern.compile("[,\\s]+");
    private static final Pattern NUMERIC = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-f:.]*:[0-9a-f:.]*");

    private final List<BiPredicate<String, Integer>> rules;

    private ProxyExceptions(List<BiPredicate<String, Integer>> rules) {
        this.rules = rules;
    }

    static ProxyExceptions of(String text) {
        return new ProxyExceptions(SEPARATOR
                .splitAsStream(text.strip().toLowerCase(Locale.ROOT))
                .filter(each -> !each.isEmpty())
                .map(ProxyExceptions::rule)
                .toList());
    }

    boolean include(String host, int port) {
        String name = bare(host.toLowerCase(Locale.ROOT));
        return rules.stream().anyMatch(rule -> rule.test(name, port));
    }

    private static BiPredicate<String, Integer> rule(String entry) {
        if (entry.equals("*")) {
            return (host, port) -> true;
        }
        int slash = entry.indexOf('/');
        if (slash > 0) {
            return network(bare(entry.substring(0, slash)), entry.substring(slash + 1));
        }
        int colon = entry.lastIndexOf(':');
        boolean withPort = colon > 0 && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']');
        String name = bare(withPort ? entry.substring(0, colon) : entry);
        String port = withPort ? entry.substring(colon + 1) : "";
        String suffix =
                "." + (name.startsWith("*.") ? name.substring(2) : name.startsWith(".") ? name.substring(1) : name);
        return (host, of) -> (port.isEmpty() || port.equals(Integer.toString(of)))
                && (host.equals(suffix.substring(1)) || host.endsWith(suffix));
    }

    private static BiPredicate<String, Integer> network(String address, String bits) {
        Optional<byte[]> base = numeric(address);
        if (base.isEmpty() || !bits.matches("\\d{1,3}")) {
            return (host, port) -> false;
        }
        int rest = Math.max(0, base.get().length * Byte.SIZE - Integer.parseInt(bits));
        return (host, port) -> numeric(host)
                .filter(found -> found.length == base.get().length)
                .filter(found -> number(found, rest).equals(number(base.get(), rest)))
                .isPresent();
    }

    private static BigInteger number(byte[] address, int without) {
        return new BigInteger(1, address).shiftRight(without);
    }

    /** An IP address. No name is looked up. */
    private static Optional<byte[]> numeric(String host) {
        if (!NUMERIC.matcher(host).matches()) {
            return Optional.empty();
        }
        try {
            return Stream.of(InetAddress.getByName(host))
                    .map(InetAddress::getAddress)
                    .findFirst();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static String bare(String host) {
        String name = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
