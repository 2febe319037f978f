/**
 * Set-up in the browser: sign-in, import of key files, and why there is no position yet. These are the routes that the daemon adds to the
 * server; they exist where the master key is, for callers with the scope {@code admin}.
 */
@NullMarked
package org.trackerreports.fetcher.setup;

import org.jspecify.annotations.NullMarked;
