/** The command that measures, its rounds and its table. A package below for each topic. */
package org.trackerreports.benchmarks;
