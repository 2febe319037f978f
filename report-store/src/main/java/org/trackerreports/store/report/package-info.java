/** Location reports: stored, deduplicated and revised. */
package org.trackerreports.store.report;
