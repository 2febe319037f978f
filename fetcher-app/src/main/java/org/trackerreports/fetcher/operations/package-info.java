/**
 * What the world outside sees of the running daemon: health, metrics and status over HTTP, and the service manager's notifications. Listens to
 * the {@linkplain org.trackerreports.fetcher.event events} and looks around on a period; changes nothing.
 */
package org.trackerreports.fetcher.operations;
