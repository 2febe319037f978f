package org.trackerreports.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How and where is measured.
 *
 * @param effort sizes and repetitions
 * @param findMyPy a checkout of FindMy.py to compare with
 * @param database an empty database to measure the store on, as JDBC URL
 * @param directory for whatever the topics write; removed at the end
 * @param progress one line for each thing that takes a while
 */
public record Setting(
        Effort effort, Optional<Path> findMyPy, Optional<String> database, Path directory, PrintWriter progress) {

    /** Says what goes on. */
    public void tell(String what) {
        progress.println(what);
        progress.flush();
    }

    /** A new directory for one topic. */
    public Path newDirectory(String name) throws IOException {
        return Files.createTempDirectory(directory, name);
    }
}
