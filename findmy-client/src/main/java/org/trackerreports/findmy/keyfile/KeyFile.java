package org.trackerreports.findmy.keyfile;

import java.util.List;
import java.util.Objects;

/**
 * What one key file holds.
 *
 * @param format what the content was recognised as
 * @param trackers the trackers that can be used, in the order of the file
 * @param problems one for each entry that cannot be used, or not wholly; none for a file without fault
 */
public record KeyFile(KeyFileFormat format, List<NamedKeys> trackers, List<KeyFileProblem> problems) {

    public KeyFile {
        Objects.requireNonNull(format, "format");
        trackers = List.copyOf(trackers);
        problems = List.copyOf(problems);
    }
}
