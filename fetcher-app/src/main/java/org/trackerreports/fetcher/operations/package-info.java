/**
 * Operations: health, metrics and status over HTTP, and notifications of the service manager. Listens to
 * {@linkplain org.trackerreports.fetcher.event events} and takes samples periodically; changes nothing.
 */
@NullMarked
package org.trackerreports.fetcher.operations;

import org.jspecify.annotations.NullMarked;
