/** Another program that does the same. */
package org.trackerreports.benchmarks.peer;
