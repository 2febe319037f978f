/** Encryption of secrets, and the register and rotation of master keys. */
@NullMarked
package org.trackerreports.store.internal.secret;

import org.jspecify.annotations.NullMarked;
