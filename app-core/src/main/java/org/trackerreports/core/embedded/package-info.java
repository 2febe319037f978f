/**
 * Embedded PostgreSQL and Redis under the data directory, for users without servers of their own. They are durable, require a password,
 * listen on loopback only, and are shared by a daemon and the tools.
 */
@NullMarked
package org.trackerreports.core.embedded;

import org.jspecify.annotations.NullMarked;
