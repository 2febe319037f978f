/** Anisette: one-time data that proves to the services that a request comes from a provisioned machine. */
@NullMarked
package org.trackerreports.findmy.anisette;

import org.jspecify.annotations.NullMarked;
