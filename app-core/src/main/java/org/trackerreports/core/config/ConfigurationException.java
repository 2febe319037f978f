package org.trackerreports.core.config;

import java.util.List;

/** The configuration is invalid. The message lists all problems. */
public final class ConfigurationException extends Exception {

    private static final long serialVersionUID = 1L;

    public ConfigurationException(List<String> problems) {
        super("The configuration has " + (problems.size() == 1 ? "a problem" : problems.size() + " problems")
                + "; nothing was started.\n  " + String.join("\n  ", problems));
    }
}
