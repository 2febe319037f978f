package org.trackerreports.sinks.homeassistant;

/** The names of topics and devices. */
record Topics(String prefix, String base) {

    /** Whether this program is connected. */
    String bridge() {
        return base + "/bridge";
    }

    /** Whether the tracker was heard lately. */
    String heard(long tracker) {
        return base + "/" + tracker + "/heard";
    }

    String state(long tracker) {
        return base + "/" + tracker + "/state";
    }

    String deviceId(long tracker) {
        return base + "_" + tracker;
    }

    String config(long tracker) {
        return prefix + "/device/" + deviceId(tracker) + "/config";
    }

    /** Where Home Assistant says that it has started. */
    String birth() {
        return prefix + "/status";
    }
}
