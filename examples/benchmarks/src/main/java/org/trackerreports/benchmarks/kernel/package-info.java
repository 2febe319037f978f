/** Keys and decryption. */
package org.trackerreports.benchmarks.kernel;
