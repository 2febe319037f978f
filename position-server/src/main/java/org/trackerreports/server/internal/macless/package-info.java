/** The endpoint for macless-haystack. */
@NullMarked
package org.trackerreports.server.internal.macless;

import org.jspecify.annotations.NullMarked;
