/** Connections, transactions, statements, and the translation of failures. */
@NullMarked
package org.trackerreports.store.internal.sql;

import org.jspecify.annotations.NullMarked;
