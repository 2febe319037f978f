/** HTTP by Jetty: connections, limits, routes, requests and answers. */
@NullMarked
package org.trackerreports.server.internal.http;

import org.jspecify.annotations.NullMarked;
