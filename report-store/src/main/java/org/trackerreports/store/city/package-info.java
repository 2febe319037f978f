/** Finds the populated place nearest to a position, offline: the places are in this library. */
@NullMarked
package org.trackerreports.store.city;

import org.jspecify.annotations.NullMarked;
