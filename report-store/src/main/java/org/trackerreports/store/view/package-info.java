/** Trackers as those see them who may not read secrets: with their latest positions and conditions, by labels. */
@NullMarked
package org.trackerreports.store.view;

import org.jspecify.annotations.NullMarked;
