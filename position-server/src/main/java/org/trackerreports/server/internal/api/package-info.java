/** The routes of the API. */
@NullMarked
package org.trackerreports.server.internal.api;

import org.jspecify.annotations.NullMarked;
