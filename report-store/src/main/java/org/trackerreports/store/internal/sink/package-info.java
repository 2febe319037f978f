/** What is kept of programs that are told what happened, in PostgreSQL. */
@NullMarked
package org.trackerreports.store.internal.sink;

import org.jspecify.annotations.NullMarked;
