/** The judgement of reports in PostgreSQL. */
@NullMarked
package org.trackerreports.store.internal.movement;

import org.jspecify.annotations.NullMarked;
