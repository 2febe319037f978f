/** The database. */
package org.trackerreports.benchmarks.store;
