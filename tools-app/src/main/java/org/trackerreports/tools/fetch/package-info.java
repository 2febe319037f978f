/** Asking the service now. */
@NullMarked
package org.trackerreports.tools.fetch;

import org.jspecify.annotations.NullMarked;
