package org.trackerreports.tools.text;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A bar chart of counts, for a terminal. Not thread-safe. */
public final class BarChart {

    private static final int WIDTH = 50;

    private record Bar(String label, long count) {}

    private final List<Bar> bars = new ArrayList<>();

    /** Adds a bar below the others. */
    public void bar(String label, long count) {
        bars.add(new Bar(label, count));
    }

    /** Prints the bars. The longest takes the whole width; each count above zero is visible. */
    public void print(PrintWriter out) {
        long most = bars.stream().mapToLong(Bar::count).max().orElse(0);
        int labels = bars.stream().mapToInt(bar -> bar.label().length()).max().orElse(0);
        for (Bar bar : bars) {
            long length = most == 0 ? 0 : (bar.count() * WIDTH + most - 1) / most;
            out.println("  " + " ".repeat(labels - bar.label().length()) + bar.label() + " |" + "#".repeat((int) length)
                    + (bar.count() > 0 ? " " + bar.count() : ""));
        }
    }
}
