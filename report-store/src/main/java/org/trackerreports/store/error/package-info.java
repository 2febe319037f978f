/** What can go wrong when the database is asked. */
@NullMarked
package org.trackerreports.store.error;

import org.jspecify.annotations.NullMarked;
