package org.trackerreports.findmy;

import java.time.Duration;

/**
 * Checks the values of settings. A class of its own, because the parts of the settings would otherwise need {@link ClientSettings}, whose
 * defaults need them, when they are initialized first.
 */
final class SettingRanges {

    private SettingRanges() {}

    static void requireAtLeast(String what, int found, int least) {
        if (found < least) {
            throw new IllegalArgumentException(what + ": at least " + least + ", found " + found);
        }
    }

    static void requirePositive(String what, Duration found) {
        if (found.isNegative() || found.isZero()) {
            throw new IllegalArgumentException(what + " is longer than zero, found " + found);
        }
    }

    static void requireNotNegative(String what, Duration found) {
        if (found.isNegative()) {
            throw new IllegalArgumentException(what + " is not negative, found " + found);
        }
    }
}
