package org.trackerreports.store.view;

import java.time.Instant;
import org.trackerreports.store.report.Payload;

/**
 * A report as it was received.
 *
 * @param hashedAdvKey base64 of SHA-256 of the advertisement key
 * @param timestamp when the tracker was seen
 */
public record KeyPayload(String hashedAdvKey, Instant timestamp, Payload payload) {}
