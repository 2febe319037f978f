/** Queries over reports and history, and the refresh of the history. */
@NullMarked
package org.trackerreports.store.internal.history;

import org.jspecify.annotations.NullMarked;
