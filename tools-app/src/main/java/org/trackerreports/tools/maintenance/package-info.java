/** The database and the configuration. */
@NullMarked
package org.trackerreports.tools.maintenance;

import org.jspecify.annotations.NullMarked;
