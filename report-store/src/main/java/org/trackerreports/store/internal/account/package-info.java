/** Accounts in PostgreSQL. */
@NullMarked
package org.trackerreports.store.internal.account;

import org.jspecify.annotations.NullMarked;
