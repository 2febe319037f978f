/** Secrets and the master key that encrypts them. */
package org.trackerreports.store.secret;
