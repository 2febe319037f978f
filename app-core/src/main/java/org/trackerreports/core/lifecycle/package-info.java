/** How running parts are told to stop. */
@NullMarked
package org.trackerreports.core.lifecycle;

import org.jspecify.annotations.NullMarked;
