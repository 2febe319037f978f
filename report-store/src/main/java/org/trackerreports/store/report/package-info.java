/** Location reports: stored, deduplicated and revised. */
@NullMarked
package org.trackerreports.store.report;

import org.jspecify.annotations.NullMarked;
