/**
 * Events of fetching: one interface for listeners, and one record for each event. Accounts are named by their alias; no event names a
 * tracker, a key or a place. A program adds a listener with Guice's {@code Multibinder} for {@link FetchListener}.
 */
@NullMarked
package org.trackerreports.core.event;

import org.jspecify.annotations.NullMarked;
