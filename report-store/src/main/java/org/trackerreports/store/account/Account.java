package org.trackerreports.store.account;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.trackerreports.store.secret.Secret;

/**
 * An account that asks for reports.
 *
 * @param id 0 for one that was never saved
 * @param alias unique; the only name that may appear in logs and metrics
 * @param session opaque to the store, encrypted
 * @param password encrypted; absent when the owner logs in by hand
 * @param machineIdentity the identity that the session is bound to
 * @param coolDownUntil not to be used before
 * @param lastError one line without secrets
 * @param version counts saves; a save with an old one is refused
 */
public record Account(
        long id,
        String alias,
        AccountState state,
        Optional<Secret> session,
        Optional<Secret> password,
        Optional<String> machineIdentity,
        Optional<Instant> coolDownUntil,
        Optional<String> lastError,
        long version) {

    public Account {
        if (alias.isBlank() || alias.length() > 200) {
            throw new IllegalArgumentException("an account's alias has 1 to 200 characters");
        }
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(machineIdentity, "machineIdentity");
        Objects.requireNonNull(coolDownUntil, "coolDownUntil");
        Objects.requireNonNull(lastError, "lastError");
    }

    /** An account that was never logged in and is not stored yet. */
    public static Account create(String alias) {
        return new Account(
                0,
                alias,
                AccountState.NEEDS_LOGIN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0);
    }
}
