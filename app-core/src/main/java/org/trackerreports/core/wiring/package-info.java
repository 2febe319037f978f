/** Guice modules: how the libraries are put together from the configuration. Shared by the daemon and the command line. */
@NullMarked
package org.trackerreports.core.wiring;

import org.jspecify.annotations.NullMarked;
