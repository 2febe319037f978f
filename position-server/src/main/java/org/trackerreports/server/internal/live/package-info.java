/** Live events. */
@NullMarked
package org.trackerreports.server.internal.live;

import org.jspecify.annotations.NullMarked;
