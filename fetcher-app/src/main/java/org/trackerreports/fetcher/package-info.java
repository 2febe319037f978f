/** The daemon's program: its command line, its start and its end. */
@NullMarked
package org.trackerreports.fetcher;

import org.jspecify.annotations.NullMarked;
