package org.trackerreports.core.sink;

import java.util.List;

/** The file of a sink is wrong. */
public final class SinkFileException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    SinkFileException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Everything that is wrong, each a sentence without its full stop. */
    public List<String> problems() {
        return problems;
    }
}
