package org.trackerreports.core.wiring;

/** A default for what only a system property can tell a library. */
final class PropertyDefault {

    private PropertyDefault() {}

    /** Sets a system property unless the user gave it. */
    static void set(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
