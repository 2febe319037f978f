package org.trackerreports.core.keyfile;

import org.trackerreports.findmy.key.StaticKeys;
import org.trackerreports.findmy.key.TrackerKeys;

/** The kind of a tracker, as the database stores it. */
public final class KeyKind {

    private KeyKind() {}

    /** {@code static}, {@code list} or {@code accessory}. */
    public static String of(TrackerKeys keys) {
        if (keys instanceof StaticKeys fixed) {
            return fixed.keys().size() == 1 ? "static" : "list";
        }
        return "accessory";
    }
}
