/**
 * Events of the daemon's own work: its workers, its outages and its spool. A program adds a listener with Guice's {@code Multibinder}
 * for {@link DaemonListener}.
 */
@NullMarked
package org.trackerreports.fetcher.event;

import org.jspecify.annotations.NullMarked;
