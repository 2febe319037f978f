package org.trackerreports.fetcher.daemon;

import java.time.Duration;
import org.trackerreports.store.movement.JudgingSettings;

/**
 * The settings of the role {@code move}.
 *
 * @param silentAfter how long a tracker without a label of its own may be silent
 * @param feedRetention how long the feed keeps what not every reader has read
 */
record MoveSettings(JudgingSettings judging, Duration silentAfter, Duration feedRetention) {}
