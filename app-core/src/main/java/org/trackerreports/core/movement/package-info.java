/** Maps between the store and the module {@code movement}. */
@NullMarked
package org.trackerreports.core.movement;

import org.jspecify.annotations.NullMarked;
