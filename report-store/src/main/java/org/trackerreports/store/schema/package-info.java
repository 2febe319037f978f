/** What a database was built with. */
@NullMarked
package org.trackerreports.store.schema;

import org.jspecify.annotations.NullMarked;
