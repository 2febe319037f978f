/**
 * What the daemon tells about its work: one interface for whoever wants to know, and one record for each thing that happens. Accounts
 * are named by their alias; no tracker, key or place is named anywhere. Programs add a listener with Guice's {@code Multibinder} for
 * {@link FetcherListener}.
 */
@NullMarked
package org.trackerreports.core.event;

import org.jspecify.annotations.NullMarked;
