package org.trackerreports.queue;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a budget.
 *
 * @param lastGranted when the last request was granted, if it is remembered
 * @param used requests within the last period
 * @param coolDownUntil until when nothing is granted, if it cools down
 */
public record BudgetState(Optional<Instant> lastGranted, int used, Optional<Instant> coolDownUntil) {}
