/** Tokens for reading over the network. */
@NullMarked
package org.trackerreports.tools.access;

import org.jspecify.annotations.NullMarked;
