/** Asking the report service: one request and its outcome, and a client that asks for whole trackers. */
package org.trackerreports.findmy.fetch;
