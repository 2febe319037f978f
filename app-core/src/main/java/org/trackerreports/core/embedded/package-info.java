/**
 * PostgreSQL and Redis for those who have none: servers of their own under the data directory, with a password, durable, bound to
 * loopback, shared by a daemon and the tools beside it.
 */
@NullMarked
package org.trackerreports.core.embedded;

import org.jspecify.annotations.NullMarked;
