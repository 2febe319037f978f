package org.trackerreports.simulator.world;

/**
 * A report as the service stores it. The payload is shared, not copied: do not change it.
 *
 * @param sighting the decrypted content
 * @param payload 88 or 89 bytes
 */
public record EncryptedReport(Sighting sighting, byte[] payload) {
    @Override
    public String toString() {
        return "EncryptedReport[" + sighting.time() + "]";
    }
}
