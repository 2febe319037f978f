/** How the server is set up. */
@NullMarked
package org.trackerreports.server.settings;

import org.jspecify.annotations.NullMarked;
