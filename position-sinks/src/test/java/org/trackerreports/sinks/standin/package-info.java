/** Programs that sinks deliver to, made again after what is known of them, and not after the sinks. */
@NullMarked
package org.trackerreports.sinks.standin;

import org.jspecify.annotations.NullMarked;
