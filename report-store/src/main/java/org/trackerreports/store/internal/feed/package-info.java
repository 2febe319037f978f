/** The feed in PostgreSQL. */
@NullMarked
package org.trackerreports.store.internal.feed;

import org.jspecify.annotations.NullMarked;
