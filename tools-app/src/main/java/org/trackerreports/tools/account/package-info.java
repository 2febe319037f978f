/** Accounts: signing in, states, budgets. */
@NullMarked
package org.trackerreports.tools.account;

import org.jspecify.annotations.NullMarked;
