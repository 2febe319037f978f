/** Starts a simulator for a JUnit test class. Needs {@code junit-jupiter-api} on the class path, which the library does not bring. */
@NullMarked
package org.trackerreports.simulator.junit;

import org.jspecify.annotations.NullMarked;
