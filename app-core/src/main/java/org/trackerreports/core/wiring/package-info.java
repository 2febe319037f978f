/** Guice modules that create the libraries from the configuration, for the daemon and the tools. */
@NullMarked
package org.trackerreports.core.wiring;

import org.jspecify.annotations.NullMarked;
