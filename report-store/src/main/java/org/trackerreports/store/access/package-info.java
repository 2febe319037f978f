/** Who may read over the network: tokens, and what is shared with others. */
@NullMarked
package org.trackerreports.store.access;

import org.jspecify.annotations.NullMarked;
