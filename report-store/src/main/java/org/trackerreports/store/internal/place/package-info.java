/** Places and transitions in PostgreSQL. */
@NullMarked
package org.trackerreports.store.internal.place;

import org.jspecify.annotations.NullMarked;
