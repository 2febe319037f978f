package org.trackerreports.core.wiring;

import java.util.Locale;
import java.util.regex.Pattern;

/** Recognizes the addresses of this machine itself, which no network is in between. Asks no name server, which could lie. */
final class Loopback {

    private static final Pattern ADDRESS = Pattern.compile("localhost\\.?|127(?:\\.\\d{1,3}){3}|\\[?(?:0*:)*:?0*1]?");

    private Loopback() {}

    static boolean is(String host) {
        return ADDRESS.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}
