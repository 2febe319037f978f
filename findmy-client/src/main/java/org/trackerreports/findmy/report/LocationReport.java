package org.trackerreports.findmy.report;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.trackerreports.findmy.key.HashedAdvertisementKey;
import org.trackerreports.findmy.key.KeySighting;

/**
 * A decrypted report: where a finder was when it saw the tracker.
 *
 * @param encrypted the report as the service returned it
 * @param timestamp when the finder made it, by the finder's clock, in whole seconds
 * @param latitude degrees north, from −90 to 90 unless flagged
 * @param longitude degrees east, from −180 to 180 unless flagged
 * @param horizontalAccuracy radius in metres, 0 … 255; 255 probably means 255 or more
 * @param confidence as received, 0 … 255; usually 1 (low) to 3 (high). Not authenticated
 * @param status the tracker's status byte, 0 … 255
 * @param flags what is implausible about the report; usually empty
 */
public record LocationReport(
        EncryptedReport encrypted,
        Instant timestamp,
        double latitude,
        double longitude,
        int horizontalAccuracy,
        int confidence,
        int status,
        Set<ReportFlag> flags)
        implements DecryptionOutcome {

    public LocationReport {
        flags = Set.copyOf(flags);
    }

    @Override
    public Kind kind() {
        return Kind.DECRYPTED;
    }

    /** The key under which the report was found. */
    public HashedAdvertisementKey key() {
        return encrypted.key();
    }

    /** What the report tells about an accessory's alignment; empty if its time cannot be right. */
    public Optional<KeySighting> sighting() {
        return flags.contains(ReportFlag.FUTURE) ? Optional.empty() : Optional.of(new KeySighting(key(), timestamp));
    }

    /**
     * The battery class. Empty for status 0, which self-made trackers send although they do not report their battery.
     */
    public Optional<Battery> battery() {
        return status == 0 ? Optional.empty() : Optional.of(Battery.ofStatus(status));
    }

    /** Omits the position, which does not belong in logs. */
    @Override
    public String toString() {
        return "LocationReport[" + timestamp + ", key=" + key() + ", confidence=" + confidence + ", flags=" + flags
                + "]";
    }
}
