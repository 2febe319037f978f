package org.trackerreports.tools.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import org.trackerreports.core.wiring.ServerPatience;

/** What a command runs in: environment, output, and the person at the terminal. */
public final class CommandContext {

    private final Map<String, String> environment;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Terminal terminal;
    private final boolean watched;
    private ServerPatience patience = ServerPatience.OF_COMMANDS;
    private boolean quiet;

    /**
     * @param environment the environment's variables
     * @param out for data
     * @param err for everything else
     * @param terminal who can be asked
     * @param watched whether somebody sees {@code err} as it is written, so that progress on it helps
     */
    public CommandContext(
            Map<String, String> environment, PrintWriter out, PrintWriter err, Terminal terminal, boolean watched) {
        this.environment = Map.copyOf(environment);
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.watched = watched;
    }

    /** The context of a script: nobody can be asked, nobody watches. */
    public static CommandContext ofScript(Map<String, String> environment, PrintWriter out, PrintWriter err) {
        return new CommandContext(environment, out, err, Terminal.NOBODY, false);
    }

    /**
     * Writes what is buffered for {@code out}.
     *
     * @throws IOException if its reader is gone, or the disk is full
     */
    public void requireReader() throws IOException {
        if (out.checkError()) {
            throw new IOException("Standard output was closed, or is full, before everything was written.");
        }
    }

    /** The environment's variables. */
    public Map<String, String> environment() {
        return environment;
    }

    /** Where data goes. */
    public PrintWriter out() {
        return out;
    }

    /** Where failures go. */
    public PrintWriter err() {
        // So that the output keeps its order on a terminal.
        out.flush();
        return err;
    }

    /** Prints a message that is neither data nor a failure, unless {@code --quiet} is given. */
    public void note(String message) {
        if (!quiet) {
            err().println(message);
        }
    }

    /** Who can be asked. */
    public Terminal terminal() {
        out.flush();
        return terminal;
    }

    /** Whether somebody sees progress on {@code err}. */
    boolean watched() {
        return watched && !quiet;
    }

    /** How long to wait for servers. */
    public ServerPatience patience() {
        return patience;
    }

    /** The same context, which waits another time for servers. */
    public CommandContext waiting(ServerPatience other) {
        patience = other;
        return this;
    }

    /** Sets whether only failures go to {@code err}. */
    public void quiet(boolean onlyFailures) {
        quiet = onlyFailures;
    }
}
