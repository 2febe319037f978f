/** Accounts: signing in, states, budgets. */
package org.trackerreports.tools.account;
