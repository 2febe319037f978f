/** Starting. */
package org.trackerreports.benchmarks.start;
