/** Accounts: their sessions, states and budgets, shared with the other instances through the database and Redis. */
package org.trackerreports.fetcher.account;
