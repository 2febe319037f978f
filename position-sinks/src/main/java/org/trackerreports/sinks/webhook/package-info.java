/** Webhooks: signed as Standard Webhooks 1.0.0 asks, or a text for notification services. */
@NullMarked
package org.trackerreports.sinks.webhook;

import org.jspecify.annotations.NullMarked;
