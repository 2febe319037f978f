/** Connections, transactions and the translation of failures. */
@NullMarked
package org.trackerreports.store.sql;

import org.jspecify.annotations.NullMarked;
