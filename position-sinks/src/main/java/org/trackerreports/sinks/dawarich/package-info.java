/** Dawarich, by its Overland batches. */
@NullMarked
package org.trackerreports.sinks.dawarich;

import org.jspecify.annotations.NullMarked;
