/** Anisette: the one-time headers that prove to the services that a request comes from a provisioned machine. */
@NullMarked
package org.trackerreports.findmy.anisette;

import org.jspecify.annotations.NullMarked;
