/**
 * What the world outside sees of the running daemon: health, metrics and status over HTTP, and the service manager's notifications. Listens to
 * the {@linkplain org.trackerreports.core.event events} and looks around on a period; changes nothing.
 */
@NullMarked
package org.trackerreports.fetcher.operations;

import org.jspecify.annotations.NullMarked;
