/** Inserts and revises reports in PostgreSQL. */
@NullMarked
package org.trackerreports.store.internal.report;

import org.jspecify.annotations.NullMarked;
