package org.trackerreports.tools.key;

import java.util.Map;
import org.trackerreports.findmy.keyfile.NamedKeys;

/**
 * A tracker from a key file.
 *
 * @param named its name and its keys
 * @param labels its labels, which only CSV files have
 */
public record LabelledKeys(NamedKeys named, Map<String, String> labels) {

    public LabelledKeys {
        labels = Map.copyOf(labels);
    }
}
