package org.trackerreports.benchmarks.chart;

import java.util.List;

/**
 * Bars of the same unit on one axis.
 *
 * @param title what the panel shows
 * @param unit of all bars
 * @param scale how long the bars are
 * @param bars from top to bottom, at least one
 */
public record Panel(String title, String unit, Scale scale, List<Bar> bars) {

    /** The scale of the axis. */
    public enum Scale {
        /** From zero. */
        LINEAR,
        /** For figures of very different size: ten times as much is always equally longer. */
        LOGARITHMIC
    }

    /** Checks the bars. */
    public Panel {
        bars = List.copyOf(bars);
        if (bars.isEmpty()) {
            throw new IllegalArgumentException("A panel needs a bar: " + title);
        }
    }
}
