/**
 * A local stand-in for the services behind Find My and for an anisette server: login, second factor, delegates, report
 * gateway. Start with {@link org.trackerreports.simulator.Simulator}.
 *
 * <p>It is written from a description of the protocol and shares no code with any client, so that a mistake in one is not
 * hidden by the same mistake in the other.
 */
@NullMarked
package org.trackerreports.simulator;

import org.jspecify.annotations.NullMarked;
