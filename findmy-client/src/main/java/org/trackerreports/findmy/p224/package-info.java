/**
 * Arithmetic on NIST P-224 (secp224r1), the curve of Find My.
 *
 * <p>Not part of the public API. {@link org.trackerreports.findmy.p224.P224} is the entry point of the package.
 */
@NullMarked
package org.trackerreports.findmy.p224;

import org.jspecify.annotations.NullMarked;
