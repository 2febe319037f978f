/** What the programs' logs look like: their level, their form, and repeated failures as counts. */
@NullMarked
package org.trackerreports.fetcher.logging;

import org.jspecify.annotations.NullMarked;
