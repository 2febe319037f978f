/** Removes what a retention policy no longer keeps. */
@NullMarked
package org.trackerreports.store.retention;

import org.jspecify.annotations.NullMarked;
