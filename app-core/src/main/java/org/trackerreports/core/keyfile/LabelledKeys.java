package org.trackerreports.core.keyfile;

import java.util.Map;
import org.trackerreports.findmy.keyfile.NamedKeys;

/**
 * A tracker from a key file.
 *
 * @param named its name and its keys
 * @param labels its labels, of which only CSV files have any; and that of a device of Apple's own
 */
public record LabelledKeys(NamedKeys named, Map<String, String> labels) {

    private static final Map<String, String> APPLE_DEVICE = Map.of("apple-device", "yes");

    public LabelledKeys {
        labels = Map.copyOf(labels);
    }

    /** A tracker from a key file without labels. A device of Apple's own gets one, by which {@link #isAppleDevice} knows it. */
    static LabelledKeys of(NamedKeys named) {
        return new LabelledKeys(named, named.appleDevice() ? APPLE_DEVICE : Map.of());
    }

    /** The same tracker under another name. */
    public LabelledKeys renamed(String newName) {
        return new LabelledKeys(named.renamed(newName), labels);
    }

    /** Whether a tracker with these labels is a telephone or computer of Apple's, and no tag. */
    public static boolean isAppleDevice(Map<String, String> labels) {
        return labels.entrySet().containsAll(APPLE_DEVICE.entrySet());
    }
}
