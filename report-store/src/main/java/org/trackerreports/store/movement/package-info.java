/** The judgement of reports: which are wrong or uncertain, and what follows from them. */
@NullMarked
package org.trackerreports.store.movement;

import org.jspecify.annotations.NullMarked;
