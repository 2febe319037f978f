/** How all sinks that speak HTTP send, and what they make of an answer. */
@NullMarked
package org.trackerreports.sinks.internal.http;

import org.jspecify.annotations.NullMarked;
