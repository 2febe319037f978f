/** What transactions announce of themselves, in which order it becomes visible, and what is due to be judged. */
@NullMarked
package org.trackerreports.store.internal.inbox;

import org.jspecify.annotations.NullMarked;
