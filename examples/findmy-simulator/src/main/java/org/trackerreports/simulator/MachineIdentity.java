package org.trackerreports.simulator;

import java.util.Locale;

/**
 * A machine, which an account trusts after a second factor.
 *
 * @param machineId {@code X-Apple-I-MD-M}
 * @param deviceId {@code X-Mme-Device-Id}, upper case
 */
record MachineIdentity(String machineId, String deviceId) {
    MachineIdentity {
        deviceId = deviceId.toUpperCase(Locale.ROOT);
    }
}
