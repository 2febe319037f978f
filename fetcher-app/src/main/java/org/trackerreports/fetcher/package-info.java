/** The daemon's entry: its command line, its start and its end. */
package org.trackerreports.fetcher;
