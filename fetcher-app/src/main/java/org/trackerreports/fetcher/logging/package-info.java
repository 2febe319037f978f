/** What the programs' logs look like: their level, their form, and repeated failures as counts. */
package org.trackerreports.fetcher.logging;
