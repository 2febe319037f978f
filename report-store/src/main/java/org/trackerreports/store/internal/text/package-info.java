/** The forms in which names and labels are stored and found. */
@NullMarked
package org.trackerreports.store.internal.text;

import org.jspecify.annotations.NullMarked;
