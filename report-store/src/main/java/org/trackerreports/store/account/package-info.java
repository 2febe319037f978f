/** Accounts that ask for reports, and their sessions. */
package org.trackerreports.store.account;
