package org.trackerreports.core.config;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The types of options that name a server: a host, an address of a service, a proxy. */
final class AddressTypes {

    private static final Pattern HOST = Pattern.compile("[\\p{Alnum}]([\\p{Alnum}._-]*[\\p{Alnum}])?\\.?");
    private static final Pattern IPV6 = Pattern.compile("\\[?([0-9a-fA-F:]*:[0-9a-fA-F:.]*(?:%\\w+)?)]?");
    private static final Pattern HOST_AND_PORT = Pattern.compile("([^:/@?]+|\\[[^]/@?]+]):(\\d{1,5})");
    private static final Pattern URL = Pattern.compile(
            "(?:jdbc:)?(?:postgres(?:ql)?:)?//(?:[^/?]*@)?([^:/@?]+|\\[[^]]+])(?::(\\d+))?(?:/([^?/@]*))?.*");
    private static final Pattern AUTHORITY = Pattern.compile("(\\w[\\w+.-]*)://(?:[^/]*@)?([^/@:?#]*).*");
    private static final String PROXY_FORM =
            "the URL of an HTTP proxy, http://host:port, with user:password@ before the host if it asks for them";

    private AddressTypes() {}

    /** A host name or an IP address alone. An IPv6 address gets its brackets. */
    static OptionType<String> host(String portOption, String nameOption) {
        return new OptionType<>("", text -> {
            String host = text.strip();
            Matcher address = IPV6.matcher(host);
            if (address.matches()
                    && address.group(1).chars().filter(each -> each == ':').count() > 1) {
                return "[" + address.group(1) + "]";
            }
            if (HOST.matcher(host).matches()) {
                return host;
            }
            throw new IllegalArgumentException(
                    "a host name or an IP address alone" + instead(host, portOption, nameOption));
        });
    }

    /** What to set instead of an address that contains more than the host. Shows nothing that may be a user or a password. */
    private static String instead(String text, String portOption, String nameOption) {
        Matcher both = HOST_AND_PORT.matcher(text);
        if (both.matches()) {
            return " (" + both.group(1) + "), and the port in " + portOption + " (" + both.group(2) + ")";
        }
        Matcher url = URL.matcher(text);
        if (!url.matches()) {
            return nameOption.isEmpty() ? "" : "; the port has its own option, " + portOption;
        }
        String name = url.group(3) == null ? "" : url.group(3);
        return " (" + url.group(1) + "), the port in " + portOption
                + (url.group(2) == null ? "" : " (" + url.group(2) + ")")
                + (nameOption.isEmpty()
                        ? ""
                        : ", the database in " + nameOption + (name.isEmpty() ? "" : " (" + name + ")"));
    }

    /** The address of a service, which may contain a user and a password. */
    static OptionType<URI> service(String... schemes) {
        return new OptionType<>("", text -> {
            try {
                URI address = URI.create(text.strip());
                boolean known = Stream.of(schemes).anyMatch(scheme -> scheme.equalsIgnoreCase(address.getScheme()));
                if (known && address.getHost() != null && address.getPort() <= 65_535) {
                    return plain(address);
                }
            } catch (IllegalArgumentException e) {
                // The message below says what was expected.
            }
            throw new IllegalArgumentException("a URL that starts with "
                    + Stream.of(schemes).map(scheme -> scheme + "://").collect(Collectors.joining(" or "))
                    + reason(text.strip()));
        });
    }

    private static URI plain(URI address) {
        if (address.getRawQuery() != null || address.getRawFragment() != null) {
            throw new IllegalArgumentException("a URL without ? and #");
        }
        return address;
    }

    private static String reason(String text) {
        Matcher parts = AUTHORITY.matcher(text);
        if (parts.matches() && parts.group(2).contains("_")) {
            return ", whose host has no underscore (HTTP does not allow one; give the host another name)";
        }
        return text.contains("@") ? "; in user and password, " + ESCAPES : "";
    }

    private static final String ESCAPES =
            "each of / ? # @ : % [ ] and blanks is percent-encoded, for example / as %2F, @ as %40, # as %23 and % as %25";

    /** A proxy. The scheme may be missing, as in other programs. */
    static OptionType<URI> proxy() {
        return new OptionType<>("", text -> {
            String given = text.strip();
            String lower = given.toLowerCase(Locale.ROOT);
            if (lower.startsWith("https://") || lower.startsWith("socks")) {
                throw new IllegalArgumentException(PROXY_FORM + "; other kinds of proxies are not supported");
            }
            try {
                URI address = URI.create(lower.startsWith("http://") ? given : "http://" + given);
                boolean path =
                        address.getRawPath() != null && address.getRawPath().length() > 1;
                if (address.getHost() != null && address.getPort() <= 65_535 && !path) {
                    return address;
                }
            } catch (IllegalArgumentException e) {
                // The message below says what was expected.
            }
            throw new IllegalArgumentException(
                    PROXY_FORM + (given.contains("@") ? "; in user and password, " + ESCAPES : ""));
        });
    }

    /** An address without user and password, for display: everything that may belong to them is replaced. */
    static String masked(String text) {
        return text.replaceFirst("(?s)^((?:jdbc:)?[A-Za-z][\\w+.-]*://)?.*@", "$1(hidden)@")
                .replaceFirst("(?s)\\?.*", "?(hidden)");
    }
}
