package org.trackerreports.server.route;

import java.io.IOException;
import java.io.OutputStream;

/** Writes a body piece by piece. Writing blocks while the reader is slow, and fails when the reader is gone or far too slow. */
@FunctionalInterface
public interface StreamWriter {

    void write(OutputStream out) throws IOException;
}
