package org.trackerreports.tools;

import java.io.PrintWriter;
import java.util.Map;

/**
 * What a command line runs in.
 *
 * @param environment the environment's variables
 * @param out for data
 * @param err for everything else
 * @param terminal who can be asked
 */
record Surroundings(Map<String, String> environment, PrintWriter out, PrintWriter err, Terminal terminal) {}
