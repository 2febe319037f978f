/** The whole system, as processes. */
package org.trackerreports.benchmarks.pipeline;
