package org.trackerreports.queue;

import java.time.Instant;
import java.util.Optional;

/**
 * The state of a budget.
 *
 * @param lastGranted when the last request was granted; with a {@link BudgetRule#maxRequestTime}, when it ended or will have ended
 *     at the latest; empty if none is known
 * @param used requests within the last period
 * @param coolDownUntil the end of the cool-down; empty if there is none
 */
public record BudgetState(Optional<Instant> lastGranted, int used, Optional<Instant> coolDownUntil) {}
