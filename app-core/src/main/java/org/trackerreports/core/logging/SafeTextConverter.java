package org.trackerreports.core.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;
import java.util.stream.Collectors;
import org.trackerreports.core.text.Printable;

/**
 * Makes a log line safe: no text within it can begin a line that looks like another entry, or control a terminal. Ends the line.
 * Named {@code safe} in the pattern.
 */
public final class SafeTextConverter extends CompositeConverter<ILoggingEvent> {

    private static final String CONTINUATION = "\n    ";

    @Override
    protected String transform(ILoggingEvent event, String text) {
        return text.stripTrailing()
                .lines()
                .map(line -> Printable.of(line.replace("\t", "  ")))
                .collect(Collectors.joining(CONTINUATION, "", "\n"));
    }
}
