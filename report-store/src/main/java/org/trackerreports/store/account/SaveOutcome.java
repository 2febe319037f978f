package org.trackerreports.store.account;

import java.util.Optional;

/** What became of an account that was to be saved. */
public sealed interface SaveOutcome {

    /** It is stored; the account carries its id and new version. */
    record Saved(Account account) implements SaveOutcome {}

    /** Somebody else saved or removed it since it was read; nothing changed. */
    record Outdated(Optional<Account> current) implements SaveOutcome {}
}
