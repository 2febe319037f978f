/** Accounts that ask for reports, and their sessions. */
@NullMarked
package org.trackerreports.store.account;

import org.jspecify.annotations.NullMarked;
