package org.trackerreports.sinks;

import java.util.List;

/**
 * A program that is told what happened. Used by one thread at a time; {@link #close} may be called from another one.
 *
 * <p>Delivery is at least once: whoever calls this gives again what was not delivered, and the whole list if it does not know.
 */
public interface Sink extends AutoCloseable {

    /**
     * Delivers events. Takes as long as the receiver needs, but no single answer is waited for longer than 20 seconds. Events that this sink
     * has no use for count as delivered.
     *
     * @param events in the order of their source; an empty list lets the sink do what is due by its clock, such as connecting again, so call
     *     this every few seconds
     * @return what became of them; failures of the receiver are never exceptions
     */
    Delivery deliver(List<SightingEvent> events);

    /** Ends connections. A delivery that runs in another thread ends soon. */
    @Override
    void close();
}
