/** Asking the report service: one request and its outcome, and a client that asks for whole trackers. */
@NullMarked
package org.trackerreports.findmy.fetch;

import org.jspecify.annotations.NullMarked;
