package org.trackerreports.core.event;

import java.time.Instant;
import java.util.Optional;
import org.trackerreports.store.account.AccountState;

/**
 * An account's state changed.
 *
 * @param account its alias
 * @param before empty when this instance sees the account for the first time
 * @param after empty when the account was removed
 * @param until when its cool-down ends, if it has one
 * @param reason why, without secrets
 */
public record AccountChanged(
        String account,
        Optional<AccountState> before,
        Optional<AccountState> after,
        Optional<Instant> until,
        Optional<String> reason) {}
