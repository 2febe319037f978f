package org.trackerreports.simulator.world;

/**
 * What the service stores of a sighting. The payload is shared, not copied: do not change it.
 *
 * @param sighting what it says to the holder of the private key
 * @param payload 88 or 89 bytes
 */
public record EncryptedReport(Sighting sighting, byte[] payload) {
    @Override
    public String toString() {
        return "EncryptedReport[" + sighting.time() + "]";
    }
}
