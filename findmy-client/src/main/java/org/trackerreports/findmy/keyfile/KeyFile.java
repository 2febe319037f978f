package org.trackerreports.findmy.keyfile;

import java.util.List;
import java.util.Objects;

/**
 * The content of one key file.
 *
 * @param format the detected format
 * @param trackers the usable trackers, in the order of the file
 * @param problems one for each entry that cannot be used completely; empty for a valid file
 */
public record KeyFile(KeyFileFormat format, List<NamedKeys> trackers, List<KeyFileProblem> problems) {

    public KeyFile {
        Objects.requireNonNull(format, "format");
        trackers = List.copyOf(trackers);
        problems = List.copyOf(problems);
    }
}
