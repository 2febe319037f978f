/** The server: an API, live events, a page, and an endpoint for macless-haystack. */
@NullMarked
package org.trackerreports.server;

import org.jspecify.annotations.NullMarked;
