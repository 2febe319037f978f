/** Secrets and the master key that encrypts them. */
@NullMarked
package org.trackerreports.store.secret;

import org.jspecify.annotations.NullMarked;
