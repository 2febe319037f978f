/** Where a sink's receiver is, and how to get in. */
@NullMarked
package org.trackerreports.sinks.connection;

import org.jspecify.annotations.NullMarked;
