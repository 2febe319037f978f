/** Accounts: their sessions, states and budgets, shared with the other instances through the database and Redis. */
@NullMarked
package org.trackerreports.core.account;

import org.jspecify.annotations.NullMarked;
