/** Removal and compression of old reports. */
@NullMarked
package org.trackerreports.store.internal.retention;

import org.jspecify.annotations.NullMarked;
