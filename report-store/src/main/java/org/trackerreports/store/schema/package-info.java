/** What a database was built with, and what {@link org.trackerreports.store.Schema} reports about it. */
@NullMarked
package org.trackerreports.store.schema;

import org.jspecify.annotations.NullMarked;
