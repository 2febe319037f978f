/** Tokens and shares in PostgreSQL. */
@NullMarked
package org.trackerreports.store.internal.access;

import org.jspecify.annotations.NullMarked;
