/**
 * HTTP transport, trust, digests and property lists that several packages of the library share.
 *
 * <p>Not part of the public API. Classes here are public only because Java has no visibility between packages; any version may change
 * them.
 */
@NullMarked
package org.trackerreports.findmy.internal;

import org.jspecify.annotations.NullMarked;
