/** Histories as a page with a map, in one file that needs no network. */
@NullMarked
package org.trackerreports.tools.map;

import org.jspecify.annotations.NullMarked;
