/** Failures of calls to the database. */
@NullMarked
package org.trackerreports.store.error;

import org.jspecify.annotations.NullMarked;
