/** Views of trackers in PostgreSQL. */
@NullMarked
package org.trackerreports.store.internal.view;

import org.jspecify.annotations.NullMarked;
