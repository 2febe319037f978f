/** Migrations, the parts of the schema that depend on the server, and its extensions. */
@NullMarked
package org.trackerreports.store.internal.schema;

import org.jspecify.annotations.NullMarked;
