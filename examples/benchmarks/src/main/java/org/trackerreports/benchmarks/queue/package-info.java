/** The queue. */
package org.trackerreports.benchmarks.queue;
