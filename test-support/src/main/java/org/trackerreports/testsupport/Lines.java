package org.trackerreports.testsupport;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads lines of text protocols such as HTTP/1.1 and that of Redis. */
public final class Lines {

    private Lines() {}

    /**
     * Reads one line of ASCII, and nothing after it.
     *
     * @return the line without its end
     * @throws EOFException if the connection ends before the line does
     */
    public static String read(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("The connection ended within a line.");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
