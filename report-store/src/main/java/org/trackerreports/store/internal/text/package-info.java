/** The forms in which names and labels are stored and found, and what identifies a content. */
@NullMarked
package org.trackerreports.store.internal.text;

import org.jspecify.annotations.NullMarked;
