/**
 * The whole system on one machine: the daemon and the tools as everybody runs them, with embedded servers and with the simulator in the
 * place of the real services.
 */
@NullMarked
package org.trackerreports.demo;

import org.jspecify.annotations.NullMarked;
