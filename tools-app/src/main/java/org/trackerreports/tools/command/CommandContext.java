package org.trackerreports.tools.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;

/**
 * What a command line runs in.
 *
 * @param environment the environment's variables
 * @param out for data
 * @param err for everything else
 * @param terminal who can be asked
 * @param watched whether somebody sees {@code err} as it is written, so that progress on it helps
 */
public record CommandContext(
        Map<String, String> environment, PrintWriter out, PrintWriter err, Terminal terminal, boolean watched) {

    /** Those of a script: nobody can be asked, nobody watches. */
    public static CommandContext ofScript(Map<String, String> environment, PrintWriter out, PrintWriter err) {
        return new CommandContext(environment, out, err, Terminal.NOBODY, false);
    }

    /** Writes what is not yet written to {@code out}. @throws IOException if it is not taken any more */
    public void requireReader() throws IOException {
        if (out.checkError()) {
            throw new IOException("Standard output was closed, or is full, before everything was written.");
        }
    }
}
