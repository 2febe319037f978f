/**
 * Asking the report service. {@link org.trackerreports.findmy.fetch.RequestPlanner} puts keys into requests, {@link
 * org.trackerreports.findmy.fetch.AccountClient} asks for one account within its budget ({@link
 * org.trackerreports.findmy.fetch.RequestGate}), {@link org.trackerreports.findmy.fetch.CoolDownPolicy} says how long to wait after a
 * failure, and {@link org.trackerreports.findmy.fetch.ReportService} makes single requests.
 */
@NullMarked
package org.trackerreports.findmy.fetch;

import org.jspecify.annotations.NullMarked;
