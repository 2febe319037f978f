package org.trackerreports.queue;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a budget.
 *
 * @param lastGranted when the last request was granted; with a {@link BudgetRule#maxRequestTime} when it ended or will have
 *     ended at the latest; empty if none is remembered
 * @param used requests within the last period
 * @param coolDownUntil until when nothing is granted, if it cools down
 */
public record BudgetState(Optional<Instant> lastGranted, int used, Optional<Instant> coolDownUntil) {}
