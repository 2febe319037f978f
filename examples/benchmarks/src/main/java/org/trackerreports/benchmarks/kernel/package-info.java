/** Keys and decryption. */
@NullMarked
package org.trackerreports.benchmarks.kernel;

import org.jspecify.annotations.NullMarked;
